"""Carrying the change log into the index."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from elasticsearch import Elasticsearch

from search import changes
from search.models import Change, ReplicaState
from search.replica.errors import MissingError
from search.replica.form import check_form
from search.replica.schema import documents, version
from search.replica.writing import (
    Action,
    Place,
    checkpoint,
    set_checkpoint,
    write,
)

# Lines of the log that are carried at a time: a few megabytes of documents.
BATCH_SIZE = 500
# How long the log is kept, with and without Elasticsearch: an index that was away, or
# was restored from a backup of this age, catches up; an older one is rebuilt.
KEPT_DAYS = 30
# Lines deleted in one transaction: SQLite's other writers wait for it.
TRIMMED_AT_ONCE = 10_000
# By how much the clocks of the site's machines may differ.
CLOCK_TOLERANCE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an index has followed, and how many lines that took."""

    seq: int
    carried: int
    poisoned: int = 0


def follow(
    client: Elasticsearch,
    index: str,
    *,
    limit: int = BATCH_SIZE,
    preference: str | None = None,
) -> Progress:
    """Carry the next lines of the log into *index*, a name or an alias.

    An entry is written as it is now, under the number of its last change: doing it
    twice, or late, does no harm. An alias is looked up once: one that moves meanwhile
    leads to an index that follows by itself. *preference* says which copies of a shard
    are asked, as Elasticsearch has it. Raises AwayError and MissingError.
    """
    place = checkpoint(client, index, preference=preference)
    _check(place)
    lines = changes.settled(place.seq, limit)
    if not lines:
        return Progress(place.seq, 0)
    latest = {line.key: line.seq for line in lines}
    found = documents(latest)
    actions = [
        Action(key, found[key]["seq"] if key in found else number, found.get(key))
        for key, number in latest.items()
    ]
    poisoned = write(client, place.index, actions)
    if poisoned:
        check_form(client, place.index)
    set_checkpoint(client, place, **position(lines[-1]))
    return Progress(lines[-1].seq, len(lines), poisoned)


def position(line: Change | None) -> dict[str, str | int]:
    """What an index that has come as far as *line* says of that."""
    if line is None:
        return {"seq": 0, "line": ""}
    return {"seq": line.seq, "line": f"{line.key} {line.at.timestamp():.6f}"}


def _check(place: Place) -> None:
    """Raise MissingError for an index that the log does not lead on from."""
    if place.state.get("version") != version():
        raise MissingError(f"{place.index} is of another version.")
    if place.seq == 0:
        oldest = Change.objects.order_by("seq").first()
        leads_on = oldest is None or oldest.seq == 1
    else:
        # The log keeps the line where its reader stands. It is another line, or none,
        # if the database was restored and has gone on from there.
        line = Change.objects.filter(seq=place.seq).first()
        leads_on = line is not None and position(line)["line"] == place.state["line"]
    if not leads_on:
        raise MissingError(
            f"{place.index} has followed up to {place.seq}, and the log does not lead"
            " on from there."
        )


def trim(is_stopped: Callable[[], bool] = lambda: False) -> int:
    """Delete lines of the log older than :data:`KEPT_DAYS`; return how many.

    Only a prefix of the log is deleted, so that an index that stands at a kept line
    misses nothing. The newest old line is kept: an index that stands there is complete.
    Whether an index has followed does not matter: one that is further behind is rebuilt
    (:func:`follow` raises MissingError), and without Elasticsearch nobody follows.
    """
    now = timezone.now()
    # A line dated in the future (a clock was wrong) must not keep all later ones.
    young = Change.objects.filter(
        at__gte=now - timedelta(days=KEPT_DAYS), at__lte=now + CLOCK_TOLERANCE
    )
    old = Change.objects.order_by("seq")
    first_young = young.order_by("seq").values_list("seq", flat=True).first()
    if first_young is not None:
        old = old.filter(seq__lt=first_young)
    numbers = old.values_list("seq", flat=True)
    last = numbers.last()
    deleted = 0
    while last is not None and not is_stopped():
        first = numbers.first()
        if first is None or first >= last:
            break
        end = min(first + TRIMMED_AT_ONCE, last)
        deleted += Change.objects.filter(seq__lt=end).delete()[0]
    return deleted


def is_lost(index: str) -> bool:
    """Whether *index* must be rebuilt: the log no longer leads on from where it stands,
    as far as the worker has reported."""
    state = ReplicaState.objects.filter(index=index, seq__gt=0).first()
    if state is None:
        return False
    return not Change.objects.filter(seq=state.seq).exists()


def report(index: str, *, seq: int | None = None, error: str = "") -> None:
    """Write down for everyone to see how the worker is doing."""
    values = {"error": error[:1000], "seen_at": timezone.now()}
    if seq is not None:
        values["seq"] = seq
    ReplicaState.objects.update_or_create(index=index, defaults=values)


def waiting(index: str) -> tuple[int, float]:
    """The lag of *index*: lines of the log it has not followed, as far as the worker
    has reported, and the age in seconds of the oldest of them."""
    return _ahead(index).count(), lag(index)


def lag(index: str) -> float:
    """The age in seconds of the oldest line that *index* has not followed, as far as
    the worker has reported; 0 where there is none."""
    oldest = _ahead(index).order_by("seq").values_list("at", flat=True).first()
    return (timezone.now() - oldest).total_seconds() if oldest else 0.0


def _ahead(index: str) -> QuerySet[Change]:
    state = ReplicaState.objects.filter(index=index).first()
    return Change.objects.filter(seq__gt=state.seq if state else 0)
