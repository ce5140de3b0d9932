"""Recording of searches, without delay or errors for readers."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from newsroom.search_analytics.models import QueryCount
from newsroom.search_analytics.privacy import is_countable, normalised

logger = logging.getLogger(__name__)

# A search waits for a locked table or row no longer than this; the count is then lost.
MAX_WAIT_MILLISECONDS = 50
# Seconds that Python's sqlite3 waits for a lock unless the settings say otherwise.
SQLITE_TIMEOUT = 5.0

_TABLE = QueryCount._meta.db_table
# One statement, so that processes that count the same text at once lose nothing.
COUNT = (
    f"INSERT INTO {_TABLE}"
    " (day, language, text, searches, without_results, last_total)"
    " VALUES (%s, %s, %s, 1, %s, %s)"
    " ON CONFLICT (day, language, text) DO UPDATE SET"
    f" searches = {_TABLE}.searches + 1,"
    f" without_results = {_TABLE}.without_results + excluded.without_results,"
    " last_total = excluded.last_total"
)
# A short lock time-out and asynchronous commit: a crash may lose the count.
_LIMITS = (
    f"SET LOCAL lock_timeout = {MAX_WAIT_MILLISECONDS};"
    " SET LOCAL synchronous_commit = off; "
)


def record_search(*, text: str, language: str, total: int) -> None:
    """Count one search for *text* in *language* that found *total* articles.

    Texts that may be personal are ignored. Never raises: errors are logged.
    """
    text = normalised(text)
    if not is_countable(text):
        return
    try:
        connection = connections[router.db_for_write(QueryCount)]
        with _brief_wait(connection):
            _count(connection, text, language, total)
    except Exception:  # any error: the reader still gets the results
        logger.warning("A search was not counted.", exc_info=True)


def purge() -> int:
    """Delete all expired counts; return their number."""
    return QueryCount.objects.expired().delete()[0]


def _count(
    connection: BaseDatabaseWrapper, text: str, language: str, total: int
) -> None:
    day = connection.ops.adapt_datefield_value(timezone.localdate())
    values = [day, language, text, int(total == 0), total]
    # On PostgreSQL, outside a transaction, the limits are sent together with the
    # statement. The server runs both as one transaction, with which the limits end.
    has_limits = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(_LIMITS + COUNT if has_limits else COUNT, values)


@contextmanager
def _brief_wait(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Wait for a lock at most MAX_WAIT_MILLISECONDS within the context.

    Within another transaction the context is only a savepoint, because a time-out would
    remain in effect after it.
    """
    if connection.in_atomic_block:
        with transaction.atomic(using=connection.alias):
            yield
    elif connection.vendor == "sqlite":
        with short_busy_timeout(connection):
            yield
    else:
        yield


@contextmanager
def short_busy_timeout(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Set a short busy time-out on SQLite within the context.

    Afterwards the time-out of the settings applies again.
    """
    options = connection.settings_dict.get("OPTIONS", {})
    usual = int(options.get("timeout", SQLITE_TIMEOUT) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {MAX_WAIT_MILLISECONDS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
