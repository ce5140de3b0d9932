"""The change log: what was written and removed, in the order of its numbers."""

from collections.abc import Sequence

from django.db import connection

from search.models import Change


def log(keys: Sequence[str], *, removed: bool = False) -> list[int]:
    """Write a line for each of *keys*; return their numbers, in the same order.

    Called in the transaction that changes the entries.
    """
    if not keys:
        return []
    lines = [Change(key=key, removed=removed) for key in keys]
    if connection.vendor != "postgresql":
        return _write(lines)
    with connection.cursor() as cursor:
        # This transaction has its own number before it takes numbers for its lines,
        # and the horizon is read after: whoever has taken a lower one is before it.
        cursor.execute("SELECT pg_current_xact_id()")
        numbers = _write(lines)
        cursor.execute(
            "UPDATE search_change SET horizon ="
            " pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
            " WHERE seq = ANY(%s)",
            [numbers],
        )
    return numbers


def _write(lines: list[Change]) -> list[int]:
    return [line.pk for line in Change.objects.bulk_create(lines, batch_size=500)]


def settled(after: int, limit: int) -> list[Change]:
    """The next *limit* lines behind number *after* that nothing can slip in before.

    On PostgreSQL a line is held back, with all behind it, while a transaction is open
    that may still bring one with a lower number.
    """
    lines = list(Change.objects.filter(seq__gt=after).order_by("seq")[:limit])
    if connection.vendor != "postgresql" or not lines:
        return lines
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(now)::text::bigint,"
            " pg_snapshot_xmax(now)::text::bigint FROM pg_current_snapshot() AS now"
        )
        oldest_open, next_one = cursor.fetchone()
    # A horizon still to come was written by another server, before a restore.
    held = (n for n, line in enumerate(lines) if oldest_open < line.horizon <= next_one)
    # The snapshot is newer than the lines that were read: those it settles are whole
    # only as far as they are read again.
    end = next(held, len(lines))
    return (
        list(
            Change.objects.filter(seq__gt=after, seq__lte=lines[end - 1].seq).order_by(
                "seq"
            )
        )
        if end
        else []
    )


def last_number() -> int:
    """The number of the newest line, 0 where there is none."""
    return Change.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
