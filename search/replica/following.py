"""Carrying the change log into the index."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from elasticsearch import Elasticsearch

from search import changes
from search.models import Change, PoisonDocument, ReplicaState
from search.replica.schema import documents
from search.replica.writing import (
    Action,
    MissingError,
    checkpoint,
    set_checkpoint,
    write,
)

# Lines of the log that are carried at a time: a few megabytes of documents.
BATCH_SIZE = 500
# How long the log is kept: an index restored from a backup of this age catches up,
# an older one is rebuilt.
KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an index has followed, and how many lines that took."""

    seq: int
    carried: int
    poisoned: int = 0


def follow(client: Elasticsearch, index: str, *, limit: int = BATCH_SIZE) -> Progress:
    """Carry the next lines of the log into *index*.

    An entry is written as it is now, under the number of its last change: doing it
    twice, or late, does no harm. Raises AwayError and MissingError.
    """
    state = checkpoint(client, index)
    seq = int(state["seq"])
    if not _log_reaches(seq):
        raise MissingError(f"The log begins behind {seq}, where {index} has stopped.")
    lines = changes.settled(seq, limit)
    if not lines:
        return Progress(seq, 0)
    latest = {line.key: line.seq for line in lines}
    found = documents(latest)
    actions = [
        Action(key, found[key]["seq"] if key in found else number, found.get(key))
        for key, number in latest.items()
    ]
    poisoned = write(client, index, actions)
    PoisonDocument.objects.filter(key__in=latest, seq__lt=lines[0].seq).delete()
    set_checkpoint(client, index, state | {"seq": lines[-1].seq})
    return Progress(lines[-1].seq, len(lines), poisoned)


def _log_reaches(seq: int) -> bool:
    """Whether nothing behind number *seq* was thrown away: the log always keeps a line
    at or before the place where its reader stands."""
    oldest = Change.objects.order_by("seq").values_list("seq", flat=True).first()
    return oldest is None or oldest <= max(seq, 1)


def trim(seq: int) -> int:
    """Throw away old lines that the index has followed; return how many."""
    limit = timezone.now() - timedelta(days=KEPT_DAYS)
    kept = Change.objects.filter(seq__lte=seq).order_by("-seq").first()
    if kept is None:
        return 0
    return Change.objects.filter(seq__lt=kept.seq, at__lt=limit).delete()[0]


def report(index: str, *, seq: int | None = None, error: str = "") -> None:
    """Write down for everyone to see how the worker is doing."""
    values = {"error": error[:1000], "seen_at": timezone.now()}
    if seq is not None:
        values["seq"] = seq
    ReplicaState.objects.update_or_create(index=index, defaults=values)


def waiting(index: str) -> tuple[int, float]:
    """The lag of *index*: lines of the log it has not followed, as far as the worker
    has reported, and the age in seconds of the oldest of them."""
    state = ReplicaState.objects.filter(index=index).first()
    lines = Change.objects.filter(seq__gt=state.seq if state else 0)
    oldest = lines.order_by("seq").values_list("at", flat=True).first()
    if oldest is None:
        return 0, 0.0
    return lines.count(), (timezone.now() - oldest).total_seconds()
