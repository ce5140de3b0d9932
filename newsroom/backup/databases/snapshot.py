"""Snapshot of a database, and questions about its contents, for both engines."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import FileField

# Runs a query on the snapshot and returns its rows.
Query = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of the database as of one moment, and what its contents refer to.

    Attributes:
        file: The copy.
        taken_at: The moment.
        tables: Number of rows by table.
        names: Names of the files that rows refer to.
        migrations: Pairs of app and name: applied, and known to this code.
    """

    file: Path
    taken_at: datetime
    tables: dict[str, int]
    names: set[str]
    migrations: list[list[str]]


class Engine(Protocol):
    """Backup and restore of one kind of database."""

    member: str

    def take(self, folder: Path) -> Snapshot:
        """Copy the site's database into a file in *folder*. Raises BackupError."""

    def is_empty(self) -> bool:
        """Return whether the site's database is absent or has no tables."""

    def restore(self, file: Path, *, taken_at: datetime, replace: bool) -> None:
        """Put the contents of *file*, and the hold, into the site's database at once.

        Raises BackupError, and leaves the database as it was. *file* is changed or
        moved.
        """

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each table of the site's database."""


def count_rows(query: Query, tables: list[str]) -> dict[str, int]:
    quoted = connection.ops.quote_name
    return {
        table: int(query(f"SELECT COUNT(*) FROM {quoted(table)}")[0][0])  # noqa: S608
        for table in tables
    }


def names_in(query: Query) -> set[str]:
    """Return the names of all files that rows refer to."""
    quoted = connection.ops.quote_name
    found: set[str] = set()
    for table, column in _file_columns():
        sql = f"SELECT DISTINCT {quoted(column)} FROM {quoted(table)}"  # noqa: S608
        found.update(name for (name,) in query(sql) if name)
    return found


def migrations_in(query: Query) -> list[list[str]]:
    known = MigrationLoader(None).disk_migrations
    applied = query("SELECT app, name FROM django_migrations")
    return [[app, name] for app, name in sorted(set(applied)) if (app, name) in known]


def _file_columns() -> Iterator[tuple[str, str]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for field in model._meta.local_fields:
                if isinstance(field, FileField):
                    yield model._meta.db_table, str(field.column)
