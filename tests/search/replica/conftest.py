"""Fixtures: a PostgreSQL server that may be killed, a node and a worker."""

from collections.abc import Callable, Iterator
from pathlib import Path

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


@pytest.fixture
def killable_database(db, postgresql_server: PostgreSQLServer) -> Iterator[str]:
    """Yield an empty site on a PostgreSQL server that the test may kill; its address.

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
    """Set up the search on one node, with a time limit for busy machines."""
    return set_up(elasticsearch.url, search_timeout=1.0)


@pytest.fixture
def worker(own_database, cluster) -> Iterator[RunningWorker]:
    """Yield a worker in a thread of its own."""
    with RunningWorker() as running:
        yield running


@pytest.fixture
def log_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    return folder
