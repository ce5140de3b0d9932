"""Syncing the index with the change log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from elasticsearch import Elasticsearch

from search.index import change_log
from search.models import Change, ReplicaState
from search.replica.errors import MissingError
from search.replica.form import check_form
from search.replica.schema import documents, version
from search.replica.writing import (
    Action,
    IndexCheckpoint,
    checkpoint,
    set_checkpoint,
    write,
)

# Rows of the log applied at a time: a few megabytes of documents.
BATCH_SIZE = 500
# Days that the log is kept, with and without Elasticsearch. An index that was
# unavailable or restored from a backup for no longer than this catches up; an older one
# is rebuilt.
KEPT_DAYS = 30
# Rows deleted in one transaction, for which other SQLite writers must wait.
TRIMMED_AT_ONCE = 10_000
# The largest difference tolerated between the clocks of the site's machines.
CLOCK_TOLERANCE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """The log position of an index, and the number of rows applied to get there."""

    seq: int
    carried: int
    rejected: int = 0


def follow(
    client: Elasticsearch,
    index: str,
    *,
    limit: int = BATCH_SIZE,
    preference: str | None = None,
) -> SyncProgress:
    """Apply the next rows of the log to *index*, a name or an alias.

    An entry is written in its current state, with the sequence number of its last
    change, so applying a row twice or late does no harm. An alias is resolved once. If
    the alias moves in the meantime, its new index syncs by itself. *preference* selects
    the shard copies to ask, in Elasticsearch's syntax. Raises MissingError and
    ClusterUnavailableError.
    """
    place = checkpoint(client, index, preference=preference)
    _check(place)
    rows = change_log.committed(place.seq, limit)
    if not rows:
        return SyncProgress(place.seq, 0)
    latest = {row.key: row.seq for row in rows}
    found = documents(latest)
    actions = [
        Action(
            document_id,
            found[document_id]["seq"] if document_id in found else seq,
            found.get(document_id),
        )
        for document_id, seq in latest.items()
    ]
    rejected = write(client, place.index, actions)
    if rejected:
        check_form(client, place.index)
    set_checkpoint(client, place, **position(rows[-1]))
    return SyncProgress(rows[-1].seq, len(rows), rejected)


def position(row: Change | None) -> dict[str, str | int]:
    """Return the checkpoint values of an index that is synced up to *row*."""
    if row is None:
        return {"seq": 0, "line": ""}
    return {"seq": row.seq, "line": f"{row.key} {row.at.timestamp():.6f}"}


def _check(place: IndexCheckpoint) -> None:
    """Raise MissingError if the index cannot be synced from the log."""
    if place.state.get("version") != version():
        raise MissingError(f"{place.index} is of another version.")
    if place.seq == 0:
        oldest = Change.objects.order_by("seq").first()
        leads_on = oldest is None or oldest.seq == 1
    else:
        # The log keeps the row at the position of an index. If the database was
        # restored and has continued from there, that row differs or is missing.
        row = Change.objects.filter(seq=place.seq).first()
        leads_on = row is not None and position(row)["line"] == place.state["line"]
    if not leads_on:
        raise MissingError(
            f"{place.index} is synced up to change {place.seq}, which the change log"
            " does not contain."
        )


def trim(is_stopped: Callable[[], bool] = lambda: False) -> int:
    """Delete rows of the log older than :data:`KEPT_DAYS`; return how many.

    Only a prefix of the log is deleted, so that an index at a kept row misses nothing.
    The newest old row is kept: an index at that row is complete. The position of the
    index does not matter: an index further behind is rebuilt (:func:`follow` raises
    MissingError), and without Elasticsearch there is no index to sync.
    """
    now = timezone.now()
    # A row dated in the future (by a wrong clock) must not keep all later ones.
    young = Change.objects.filter(
        at__gte=now - timedelta(days=KEPT_DAYS), at__lte=now + CLOCK_TOLERANCE
    )
    old = Change.objects.order_by("seq")
    first_young = young.order_by("seq").values_list("seq", flat=True).first()
    if first_young is not None:
        old = old.filter(seq__lt=first_young)
    seqs = old.values_list("seq", flat=True)
    last = seqs.last()
    deleted = 0
    while last is not None and not is_stopped():
        first = seqs.first()
        if first is None or first >= last:
            break
        end = min(first + TRIMMED_AT_ONCE, last)
        deleted += Change.objects.filter(seq__lt=end).delete()[0]
    return deleted


def is_lost(index: str) -> bool:
    """Return whether *index* must be rebuilt.

    That is so if its last reported position is no longer in the log.
    """
    state = ReplicaState.objects.filter(index=index, seq__gt=0).first()
    if state is None:
        return False
    return not Change.objects.filter(seq=state.seq).exists()


def report(index: str, *, seq: int | None = None, error: str = "") -> None:
    """Save the state of the worker for *index*: its position and its error."""
    values = {"error": error[:1000], "seen_at": timezone.now()}
    if seq is not None:
        values["seq"] = seq
    ReplicaState.objects.update_or_create(index=index, defaults=values)


def waiting(index: str) -> tuple[int, float]:
    """Return the lag of *index* in rows of the log and in seconds.

    Both are based on the last reported position.
    """
    return _ahead(index).count(), lag(index)


def lag(index: str) -> float:
    """Return the age in seconds of the oldest row not applied to *index*, 0 if none.

    It is based on the last reported position.
    """
    oldest = _ahead(index).order_by("seq").values_list("at", flat=True).first()
    return (timezone.now() - oldest).total_seconds() if oldest else 0.0


def _ahead(index: str) -> QuerySet[Change]:
    reported = ReplicaState.objects.filter(index=index).values("seq")[:1]
    return Change.objects.filter(seq__gt=Coalesce(Subquery(reported), 0))
