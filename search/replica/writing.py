"""Writing documents: in bulk, by version, with what cannot be written set aside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.models import PoisonDocument
from search.replica.schema import CHECKPOINT

# Bytes of a bulk request, roughly: well below the hundred megabytes that a cluster
# takes, and small enough for a node with little memory.
BULK_BYTES = 5_000_000
# What a cluster says that has too much to do, or is coming up: the same works later.
BUSY = {408, 425, 429, 500, 502, 503, 504}


class AwayError(Exception):
    """The cluster cannot be written to now; the same will be tried again."""


class MissingError(AwayError):
    """The index is not there."""


@dataclass(frozen=True, slots=True)
class Action:
    """Make the index hold *document* under *key*, or nothing, as of number *seq*.

    What the index holds of a later number stays.
    """

    key: str
    seq: int
    document: Mapping[str, Any] | None


def write(client: Elasticsearch, index: str, actions: Iterable[Action]) -> int:
    """Carry out *actions*; return how many documents were set aside.

    Raises AwayError where the cluster cannot take them now.
    """
    poisoned = 0
    batch: list[Action] = []
    size = 0
    for action in actions:
        batch.append(action)
        size += _size(action)
        if size > BULK_BYTES:
            poisoned += _write(client, index, batch)
            batch, size = [], 0
    return poisoned + (_write(client, index, batch) if batch else 0)


def _size(action: Action) -> int:
    if action.document is None:
        return 100
    # Cyrillic letters take two bytes; the folded forms are the shortest of the three.
    return 6 * len(action.document["stems"]) + 3 * len(action.document["marks"])


def _write(client: Elasticsearch, index: str, batch: list[Action]) -> int:
    operations: list[Mapping[str, Any]] = []
    for action in batch:
        name = "delete" if action.document is None else "index"
        target = {"_id": action.key, "version": action.seq}
        operations.append({name: target | {"version_type": "external_gte"}})
        if action.document is not None:
            operations.append(action.document)
    try:
        response = client.bulk(index=index, operations=operations)
    except (ApiError, TransportError) as error:
        raise away(error) from error
    poisoned = 0
    for action, item in zip(batch, response["items"], strict=True):
        (result,) = item.values()
        poisoned += _judge(action, result)
    return poisoned


def _judge(action: Action, result: Mapping[str, Any]) -> int:
    """Return 1 if the document had to be set aside, 0 if all is well."""
    status = result["status"]
    is_gone = status == 404 and action.document is None and "error" not in result
    is_newer = status == 409  # the index holds a later state already
    if status < 300 or is_gone or is_newer:
        return 0
    reason = str(result.get("error", {}).get("reason", result.get("error")))
    if result.get("error", {}).get("type") == "index_not_found_exception":
        raise MissingError(reason)
    if status in BUSY or status in {403, 404}:
        raise AwayError(f"{status}: {reason}")
    PoisonDocument.objects.update_or_create(
        key=action.key, defaults={"seq": action.seq, "reason": reason[:1000]}
    )
    return 1


def away(error: Exception) -> AwayError:
    """What *error* of the client means for a writer."""
    if isinstance(error, ApiError) and error.meta.status == 404:
        return MissingError(str(error))
    return AwayError(f"{type(error).__name__}: {error}")


def checkpoint(client: Elasticsearch, index: str) -> dict[str, Any]:
    """What the index says of itself: ``seq``, the number of the log up to which it has
    followed, and while it is being built ``last_id``.

    Raises MissingError where there is no index, or none that was begun properly.
    """
    try:
        found = client.get(index=index, id=CHECKPOINT)
    except (ApiError, TransportError) as error:
        raise away(error) from error
    return dict(found["_source"][CHECKPOINT])


def set_checkpoint(client: Elasticsearch, index: str, state: Mapping[str, Any]) -> None:
    """Write down how far the index has followed."""
    try:
        client.index(index=index, id=CHECKPOINT, document={CHECKPOINT: dict(state)})
    except (ApiError, TransportError) as error:
        raise away(error) from error
