"""SQLite: the online backup API copies the file while others write to it."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils import timezone

from newsroom.backup.databases.snapshot import (
    Query,
    Snapshot,
    count_rows,
    migrations_in,
    names_in,
)
from newsroom.backup.errors import BackupError, DamagedError
from newsroom.backup.folders import sync_folder
from newsroom.worker.models import RestoreHold

TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    " ORDER BY name"
)
LOCKED_SECONDS = 60.0
# The site's own connections switch back to a log beside the file (WAL).
ONE_FILE = "PRAGMA journal_mode = DELETE"


class SQLite:
    member = "database.sqlite3"

    def take(self, folder: Path) -> Snapshot:
        file = folder / self.member
        taken_at = timezone.now()
        # Another connection than the site's: one that is in a transaction cannot be
        # copied.
        with _opened(_path()) as source, _opened(file) as copy:
            file.chmod(0o600)
            try:
                # All pages in one step: as of one moment, without locking out writers.
                source.backup(copy, progress=_impatient())
                copy.execute(ONE_FILE)
                check(copy)
            except sqlite3.Error as error:
                raise BackupError(f"The database cannot be copied: {error}") from error
            query = _querying(copy)
            return Snapshot(
                file,
                taken_at,
                count_rows(query, _tables(query)),
                names_in(query),
                migrations_in(query),
            )

    def is_empty(self) -> bool:
        path = _path()
        if not path.exists() or path.stat().st_size == 0:
            return True
        with _opened(path) as database:
            return not _tables(_querying(database))

    def restore(self, file: Path, *, taken_at: datetime, replace: bool) -> None:
        path = _path()
        path.parent.mkdir(parents=True, exist_ok=True)
        with _opened(file) as copy:
            check(copy)
            table = RestoreHold._meta.db_table
            moments = taken_at.isoformat(" "), timezone.now().isoformat(" ")
            copy.execute(f"DELETE FROM {table}")  # noqa: S608
            copy.execute(
                f"INSERT INTO {table} (taken_at, restored_at, mails_not_sent)"  # noqa: S608
                " VALUES (?, ?, 0)",
                [moment.removesuffix("+00:00") for moment in moments],
            )
            copy.commit()
            copy.execute(ONE_FILE)
        _sync(file)
        connection.close()
        for suffix in ("-wal", "-shm", "-journal"):  # of the database that is replaced
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        file.replace(path)
        sync_folder(path.parent)

    def counts(self) -> dict[str, int]:
        with _opened(_path()) as database:
            query = _querying(database)
            return count_rows(query, _tables(query))


def check(database: sqlite3.Connection) -> None:
    """Raise DamagedError if the pages or the foreign keys of a database are wrong."""
    try:
        found = [row[0] for row in database.execute("PRAGMA quick_check(5)")]
        broken = list(database.execute("PRAGMA foreign_key_check"))
    except sqlite3.DatabaseError as error:
        raise DamagedError([f"the database cannot be read: {error}"]) from error
    if found != ["ok"]:
        raise DamagedError([f"the database is damaged: {line}" for line in found])
    if broken:
        rows = [f"the row {row[1]} of {row[0]} refers to nothing" for row in broken[:5]]
        raise DamagedError(rows)


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a database as the site does, with the collations that its indexes need."""
    wrapper = connection.copy()
    wrapper.settings_dict = wrapper.settings_dict | {"NAME": str(file)}
    wrapper.ensure_connection()
    with closing(wrapper.connection) as database:
        yield database


def _impatient() -> Callable[[int, int, int], None]:
    """Return a callback that raises BackupError if the database stays locked.

    sqlite3 would try again for ever. With a write-ahead log, writers lock nobody out.
    """
    deadline = time.monotonic() + LOCKED_SECONDS

    def progress(status: int, remaining: int, total: int) -> None:
        is_locked = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if is_locked and time.monotonic() > deadline:
            raise BackupError("The database cannot be copied: it is locked.")

    return progress


def _tables(query: Query) -> list[str]:
    return [name for (name,) in query(TABLES)]


def _querying(database: sqlite3.Connection) -> Query:
    return lambda sql: database.execute(sql).fetchall()


def _path() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _sync(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
