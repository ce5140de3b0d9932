"""The change log: written and removed entries, ordered by sequence number."""

from collections.abc import Sequence

from django.db import connection, transaction

from search.models import Change

# Rows read first when looking for the newest committed change.
LOOKED_AT_FIRST = 1_000
# PostgreSQL's 32-bit transaction ids wrap around after this many.
_EPOCH = 1 << 32


def log(document_ids: Sequence[str], *, removed: bool = False) -> list[int]:
    """Log a change of each document; return the sequence numbers in that order.

    Must be called in the transaction that changes the entries.
    """
    if not document_ids:
        return []
    rows = [Change(key=one, removed=removed) for one in document_ids]
    if connection.vendor != "postgresql":
        return _write(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        # This transaction has an id before its rows get sequence numbers. A savepoint
        # that writes gets a new transaction id (xmin), higher than all assigned so far.
        # It is therefore higher than the ids of all transactions that may hold a lower
        # sequence number than ours.
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (own,) = cursor.fetchone()
        seqs = _write(rows)
        with transaction.atomic():
            cursor.execute(
                "UPDATE search_change SET horizon = 0 WHERE seq = %s"
                " RETURNING xmin::text::bigint",
                [seqs[0]],
            )
            (low,) = cursor.fetchone()
        horizon = own - own % _EPOCH + low
        horizon += _EPOCH if horizon < own else 0
        cursor.execute(
            "UPDATE search_change SET horizon = %s WHERE seq = ANY(%s)",
            [horizon, seqs],
        )
    return seqs


def _write(rows: list[Change]) -> list[int]:
    return [row.pk for row in Change.objects.bulk_create(rows, batch_size=500)]


def committed(after: int, limit: int) -> list[Change]:
    """Return up to *limit* changes after *after* that no earlier change can precede.

    On PostgreSQL, sequence numbers are assigned before commit. A row and all rows after
    it are therefore held back while a transaction is open that may still commit a lower
    sequence number.
    """
    rows = list(Change.objects.filter(seq__gt=after).order_by("seq")[:limit])
    if connection.vendor != "postgresql" or not rows:
        return rows
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(now)::text::bigint,"
            " pg_snapshot_xmax(now)::text::bigint FROM pg_current_snapshot() AS now"
        )
        oldest_open, next_one = cursor.fetchone()
    # A horizon above xmax was written by another server before a restore.
    held = (n for n, row in enumerate(rows) if oldest_open < row.horizon <= next_one)
    # The snapshot is newer than the rows read above, which may lack rows committed in
    # between. Read again for the complete rows up to the last committed one.
    end = next(held, len(rows))
    if not end:
        return []
    again = Change.objects.filter(seq__gt=after, seq__lte=rows[end - 1].seq)
    return list(again.order_by("seq"))


def newest_committed() -> Change | None:
    """Return the newest change that no earlier one can still precede, or None."""
    window, last = LOOKED_AT_FIRST, last_seq()
    while last:
        # If a change is committed, so are all changes before it.
        rows = committed(max(last - window, 0), window)
        if rows:
            return rows[-1]
        if window >= last:
            break
        window *= 10
    return None


def last_seq() -> int:
    """Return the sequence number of the newest change, 0 if the log is empty."""
    return Change.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
