"""A database of its own for each test, a node to be tormented, and a worker."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import environ
import pytest
from django.core.management import call_command
from django.db import connections

from search.engines import choice
from search.replica import nodes
from search.replica.cluster import Cluster, configured
from tests.search.replica.running import RunningWorker
from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.postgresql import PostgreSQLServer


@pytest.fixture(scope="session")
def database_template(
    django_db_setup, django_db_blocker, tmp_path_factory
) -> Iterator[str]:
    """The tests' database, for copying: a file of SQLite, a name of PostgreSQL."""
    shared = connections["default"]
    with django_db_blocker.unblock():
        if shared.vendor == "sqlite":
            template = str(tmp_path_factory.mktemp("database") / "template.sqlite3")
            shared.cursor().execute(f"VACUUM INTO '{template}'")
            yield template
            return
        template = f"{shared.settings_dict['NAME']}_template"
        shared.close()  # a database that is copied must have no visitors
        _copy_on_postgresql(shared, shared.settings_dict["NAME"], template)
        yield template
        _drop_on_postgresql(shared, template)


@pytest.fixture
def own_database(database_template, django_db_blocker, tmp_path) -> Iterator[str]:
    """Return the URL of a copy of the tests' database that keeps what is committed.

    Threads and processes share it.
    """
    usual, shared = connections.settings["default"], connections["default"]
    with django_db_blocker.unblock():
        if shared.vendor == "sqlite":
            name = str(tmp_path / "database.sqlite3")
            address = f"sqlite:///{name}"
            shutil.copy(database_template, name)
        else:
            name = f"{usual['NAME']}_own"
            who = f"{usual['USER']}@{usual['HOST']}:{usual['PORT']}"
            address = f"postgresql://{who}/{name}"
            _copy_on_postgresql(shared, database_template, name)
        connections.settings["default"] = {**usual, "NAME": name}
        del connections["default"]
        try:
            yield address
        finally:
            connections["default"].close()
            connections.settings["default"] = usual
            connections["default"] = shared
            if shared.vendor == "postgresql":
                _drop_on_postgresql(shared, name)


@pytest.fixture
def mortal_database(db, postgresql_server: PostgreSQLServer) -> Iterator[str]:
    """An empty site on a PostgreSQL server that the test may kill; its address.

    Models are made for one database when they are loaded: on SQLite it is skipped.
    """
    if connections["default"].vendor != "postgresql":
        pytest.skip("it is the database of the tests that would be killed: SQLite")
    address = postgresql_server.create_database("mortal")
    usual, shared = connections.settings["default"], connections["default"]
    named = environ.Env.db_url_config(address)
    connections.settings["default"] = {**usual, **named, "OPTIONS": {}}
    del connections["default"]
    try:
        for command in ("migrate", "setup_site"):
            call_command(command, verbosity=0)
        yield address
    finally:
        connections["default"].close()
        connections.settings["default"] = usual
        connections["default"] = shared
        postgresql_server.start()


def _copy_on_postgresql(shared: Any, source: str, name: str) -> None:
    _drop_on_postgresql(shared, name)
    with shared._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def _drop_on_postgresql(shared: Any, name: str) -> None:
    with shared._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def set_up(settings, monkeypatch) -> Callable[..., Cluster]:
    """Set up the search on the nodes with these addresses, as a site would."""

    def set_up(*urls: str, **values: object) -> Cluster:
        settings.SEARCH_ELASTICSEARCH = {"urls": urls, "index": "archive", **values}
        monkeypatch.setattr(choice, "_breakers", {})
        monkeypatch.setattr(choice, "_lags", {})
        nodes.forget()
        cluster = configured()
        assert cluster is not None
        return cluster

    return set_up


@pytest.fixture
def cluster(set_up, elasticsearch: ElasticsearchNode) -> Cluster:
    """The search on one node. On a busy machine, a second is given to a search."""
    return set_up(elasticsearch.url, search_timeout=1.0)


@pytest.fixture
def worker(own_database, cluster) -> Iterator[RunningWorker]:
    """A worker in a thread of its own."""
    with RunningWorker() as running:
        yield running


@pytest.fixture
def log_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    return folder
