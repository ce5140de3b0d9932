from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections

from tests.backup.site import Site


@pytest.fixture
def site(own_database, tmp_path) -> Iterator[Site]:
    """Return a site with a copy of the tests' database and no files."""
    with closing(Site(own_database, tmp_path / "site")) as site:
        yield site


@pytest.fixture
def empty_site(own_database, tmp_path) -> Iterator[Site]:
    """Return a place for a site: no tables, no files."""
    folder: Path = tmp_path / "empty"
    shared = connections["default"]
    if shared.vendor == "sqlite":
        with closing(Site(f"sqlite:///{folder / 'db.sqlite3'}", folder)) as site:
            yield site
        return
    name = "restored_own"
    with shared._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    address = f"{own_database.rpartition('/')[0]}/{name}"
    with closing(Site(address, folder)) as site:
        yield site
    with shared._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
