"""Plugin: a copy of the tests' database for tests with threads and processes."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests after which Django empties the database that all tests share."""
    emptying = [item.nodeid for item in items if _empties_database(item)]
    if emptying:
        raise pytest.UsageError(f"Take own_database instead: {', '.join(emptying)}")


def _empties_database(item: pytest.Item) -> bool:
    fixtures = {"transactional_db", "live_server", "django_db_reset_sequences"}
    marker = item.get_closest_marker("django_db")
    commits = marker and (marker.args or marker.kwargs.get("transaction"))
    return bool(commits or fixtures & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def database_template(
    django_db_setup, django_db_blocker, tmp_path_factory
) -> Iterator[str]:
    """Yield the database to copy: a file of SQLite, a name of PostgreSQL."""
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


def _copy_on_postgresql(shared: Any, source: str, name: str) -> None:
    _drop_on_postgresql(shared, name)
    with shared._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def _drop_on_postgresql(shared: Any, name: str) -> None:
    with shared._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
