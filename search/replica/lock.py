"""A lock that allows one rebuild at a time across all machines of the site."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from django.db import connection

from search.replica.errors import ClusterUnavailableError

# Namespace of these advisory locks in the database.
_LOCKS = 0x5EA4C


class BusyError(ClusterUnavailableError):
    """Another process holds the lock."""


@contextmanager
def only_rebuild(alias: str) -> Iterator[None]:
    """Hold the rebuild lock of *alias* while the context is open.

    Raises BusyError if another process holds it. The lock is released when the process
    ends, even if it crashes: it belongs to the session on PostgreSQL, and to an open
    file beside the SQLite database.
    """
    locked = _on_postgresql if connection.vendor == "postgresql" else _on_file
    with locked(alias) as is_free:
        if not is_free:
            raise BusyError("Another rebuild is running; wait for it to end.")
        yield


@contextmanager
def _on_postgresql(alias: str) -> Iterator[bool]:
    numbers = [_LOCKS, crc32(alias.encode()) >> 1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", numbers)
        (is_free,) = cursor.fetchone()
    try:
        yield is_free
    finally:
        # A lost connection has released the lock.
        if is_free and connection.connection and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", numbers)


@contextmanager
def _on_file(alias: str) -> Iterator[bool]:
    with _place(alias).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _place(alias: str) -> Path:
    name = str(connection.settings_dict["NAME"])
    if name == ":memory:" or "mode=memory" in name:
        # An in-memory database is visible to this process only.
        return Path(tempfile.gettempdir()) / f"{alias}-{os.getpid()}.rebuild.lock"
    return Path(f"{name}.{alias}.rebuild.lock")
