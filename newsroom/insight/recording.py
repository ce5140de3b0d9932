"""Count searches as they happen, without a reader ever noticing."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.utils import timezone

from newsroom.insight.models import QueryCount
from newsroom.insight.privacy import may_be_counted, normalised

logger = logging.getLogger(__name__)

# A search waits no longer for a locked table or row; the count is let go instead.
MAX_WAIT_MILLISECONDS = 50
# A new row takes this many that are past their time with it: more than one, so that
# the table shrinks to what is kept; few, so that no search pays for a year's rows.
EXPIRED_PER_NEW_ROW = 2


def record_search(*, text: str, language: str, total: int) -> None:
    """Count one search for *text* in *language* that found *total* articles.

    Texts that may be personal are passed over. Never raises: an error is logged.
    """
    text = normalised(text)
    if not may_be_counted(text):
        return
    try:
        with _brief_transaction(router.db_for_write(QueryCount)):
            _count(text, language, total)
    except Exception:  # whatever it is, the reader has an answer to be shown
        logger.warning("A search was not counted.", exc_info=True)


def purge() -> int:
    """Delete all counts that are past their time; return how many there were."""
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
    # Another process may insert it at the same moment: whoever is late inserts nothing,
    # and both add to the one row.
    QueryCount.objects.bulk_create([QueryCount(**key)], ignore_conflicts=True)
    row.update(**change)
    oldest = QueryCount.objects.expired().order_by("day")[:EXPIRED_PER_NEW_ROW]
    QueryCount.objects.filter(pk__in=oldest.values("pk")).delete()


@contextmanager
def _brief_transaction(using: str) -> Iterator[None]:
    """A transaction that waits at most MAX_WAIT_MILLISECONDS for a lock.

    Within another transaction it is a savepoint and no more: a limit would outlast it.
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
    """Give up on a locked SQLite file soon, and be patient again afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {MAX_WAIT_MILLISECONDS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _limit_transaction(connection: BaseDatabaseWrapper) -> None:
    """Wait little for row locks, and not at all for the disk: a crash may lose it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lock_timeout', %s, true),"
            " set_config('synchronous_commit', 'off', true)",
            [str(MAX_WAIT_MILLISECONDS)],
        )
