"""Snapshot and restore of the database, in a module for each engine."""

from django.db import connection

from newsroom.backup.databases import postgresql, sqlite
from newsroom.backup.databases.snapshot import Engine

ENGINES: dict[str, Engine] = {
    "sqlite": sqlite.SQLite(),
    "postgresql": postgresql.PostgreSQL(),
}


def engine() -> Engine:
    """Return the engine of the site's database."""
    return ENGINES[connection.vendor]
