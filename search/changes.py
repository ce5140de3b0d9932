"""The change log: what was written and removed, in the order of its numbers."""

from collections.abc import Sequence

from django.db import connection, transaction

from search.models import Change

# Lines that are looked at first where the newest that is settled is wanted.
LOOKED_AT_FIRST = 1_000
# PostgreSQL's 32-bit transaction numbers begin anew after so many.
_EPOCH = 1 << 32


def log(keys: Sequence[str], *, removed: bool = False) -> list[int]:
    """Write a line for each of *keys*; return their numbers, in the same order.

    Called in the transaction that changes the entries.
    """
    if not keys:
        return []
    lines = [Change(key=key, removed=removed) for key in keys]
    if connection.vendor != "postgresql":
        return _write(lines)
    with transaction.atomic(), connection.cursor() as cursor:
        # Whoever writes lines has a transaction number before they have numbers of
        # their own. A savepoint that writes gets one that is higher than all given
        # so far: it is above those of everyone who may hold a lower number than ours.
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (own,) = cursor.fetchone()
        numbers = _write(lines)
        with transaction.atomic():
            cursor.execute(
                "UPDATE search_change SET horizon = 0 WHERE seq = %s"
                " RETURNING xmin::text::bigint",
                [numbers[0]],
            )
            (low,) = cursor.fetchone()
        horizon = own - own % _EPOCH + low
        horizon += _EPOCH if horizon < own else 0
        cursor.execute(
            "UPDATE search_change SET horizon = %s WHERE seq = ANY(%s)",
            [horizon, numbers],
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
    if not end:
        return []
    again = Change.objects.filter(seq__gt=after, seq__lte=lines[end - 1].seq)
    return list(again.order_by("seq"))


def newest_settled() -> Change | None:
    """The newest line that nothing can slip in before, None where there is none."""
    window, last = LOOKED_AT_FIRST, last_number()
    while last:
        # What is true of a line is true of all before it.
        lines = settled(max(last - window, 0), window)
        if lines:
            return lines[-1]
        if window >= last:
            break
        window *= 10
    return None


def last_number() -> int:
    """The number of the newest line, 0 where there is none."""
    return Change.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
