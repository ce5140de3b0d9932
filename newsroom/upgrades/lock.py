"""A lock that one upgrade of a site holds, on whichever machine it runs."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

# Any number: other advisory locks of the site use other ones.
KEY = 0x75706772
FILE = "upgrade.lock"


class LockedError(Exception):
    """Another upgrade is running."""


@contextmanager
def upgrade_lock() -> Iterator[None]:
    """Hold the lock; both kinds are released when the process ends, however it ends.

    Raises LockedError at once if another process holds it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
            if not cursor.fetchone()[0]:
                raise LockedError
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
        return
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / FILE).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError from error
        yield
