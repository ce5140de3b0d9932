"""Recording of searches, without delay or errors for readers."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.utils import timezone

from newsroom.search_analytics.models import QueryCount
from newsroom.search_analytics.privacy import is_countable, normalised

logger = logging.getLogger(__name__)

# A search waits for a locked table or row no longer than this; the count is then lost.
MAX_WAIT_MILLISECONDS = 50
# Expired rows that are deleted with each new row: more than one, so that the table
# shrinks to the retention period; few, so that no search has to delete a year's rows.
EXPIRED_PER_NEW_ROW = 2


def record_search(*, text: str, language: str, total: int) -> None:
    """Count one search for *text* in *language* that found *total* articles.

    Texts that may be personal are ignored. Never raises: errors are logged.
    """
    text = normalised(text)
    if not is_countable(text):
        return
    try:
        with _brief_transaction(router.db_for_write(QueryCount)):
            _count(text, language, total)
    except Exception:  # any error: the reader still gets the results
        logger.warning("A search was not counted.", exc_info=True)


def purge() -> int:
    """Delete all expired counts; return their number."""
    return QueryCount.objects.expired().delete()[0]


def _count(text: str, language: str, total: int) -> None:
    key = {"day": timezone.localdate(), "language": language, "text": text}
    row = QueryCount.objects.filter(**key)
    change = {
        "searches": F("searches") + 1,
        "without_results": F("without_results") + int(total == 0),
        "last_total": total,
    }
    if row.update(**change):
        return
    # Another process may insert the same row concurrently. The later insert is ignored,
    # and both processes update the one row.
    QueryCount.objects.bulk_create([QueryCount(**key)], ignore_conflicts=True)
    row.update(**change)
    oldest = QueryCount.objects.expired().order_by("day")[:EXPIRED_PER_NEW_ROW]
    QueryCount.objects.filter(pk__in=oldest.values("pk")).delete()


@contextmanager
def _brief_transaction(using: str) -> Iterator[None]:
    """Run a transaction that waits for a lock at most MAX_WAIT_MILLISECONDS.

    Within another transaction it is only a savepoint, because a time-out would remain
    in effect after it.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        with transaction.atomic(using=using):
            yield
    elif connection.vendor == "sqlite":
        with short_busy_timeout(connection), transaction.atomic(using=using):
            yield
    else:
        with transaction.atomic(using=using):
            if connection.vendor == "postgresql":
                _limit_transaction(connection)
            yield


@contextmanager
def short_busy_timeout(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Set a short busy time-out on SQLite within the context, and restore it after."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {MAX_WAIT_MILLISECONDS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _limit_transaction(connection: BaseDatabaseWrapper) -> None:
    """Set a short lock time-out and asynchronous commit: a crash may lose the count."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lock_timeout', %s, true),"
            " set_config('synchronous_commit', 'off', true)",
            [str(MAX_WAIT_MILLISECONDS)],
        )
