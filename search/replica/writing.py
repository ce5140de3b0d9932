"""Writing documents: in bulk, by version, with what cannot be written set aside."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.models import PoisonDocument
from search.replica.schema import CHECKPOINT, own_alias

# Bytes of a bulk request, roughly: well below the hundred megabytes that a cluster
# takes, and small enough for a node with little memory.
BULK_BYTES = 5_000_000
# How long a cluster waits for a shard that is away before it says so: it must be
# before the client, which then knows no more than that nothing came.
SHARD_TIMEOUT = "5s"
# What a cluster says that has too much to do, or is coming up: the same works later.
BUSY = {408, 425, 429, 500, 502, 503, 504}
# It, or what stands before it, takes no request of this size.
TOO_LARGE = 413


class AwayError(Exception):
    """The cluster cannot be written to now; the same will be tried again."""


class MissingError(AwayError):
    """The index is not there, or is not one that can be followed into."""


@dataclass(frozen=True, slots=True)
class Action:
    """Make the index hold *document* under *key*, or nothing, as of number *seq*.

    What the index holds of a later number stays.
    """

    key: str
    seq: int
    document: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Place:
    """An index by its own name, and what it says of itself: ``seq``, the number up to
    which it has followed the log, ``line``, what stands there, ``version``, that of
    its documents, and while it is filled ``last_id``."""

    index: str
    state: Mapping[str, Any]

    @property
    def seq(self) -> int:
        return int(self.state["seq"])


def write(client: Elasticsearch, index: str, actions: Iterable[Action]) -> int:
    """Carry out *actions* in the index of this very name; return how many documents
    were set aside. What was set aside before and is taken now is forgotten.

    Raises AwayError where the cluster cannot take them now.
    """
    poisoned = 0
    for batch in bulks(actions):
        poisoned += set_aside(batch, send(client, index, batch))
    return poisoned


def bulks(actions: Iterable[Action]) -> Iterator[list[Action]]:
    """*actions* in parts, each small enough for one request."""
    batch: list[Action] = []
    size = 0
    for action in actions:
        batch.append(action)
        size += _size(action)
        if size > BULK_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _size(action: Action) -> int:
    if action.document is None:
        return 100
    # Three forms, of which folded ones take half the bytes: they are Latin letters.
    return 5 * len(action.document["stems"]) + len(action.document["marks"])


def send(client: Elasticsearch, index: str, batch: Sequence[Action]) -> dict[str, str]:
    """Carry out *batch* in one request, without the database; return the reasons why
    documents were refused, by key. Raises AwayError."""
    operations: list[Mapping[str, Any]] = []
    for action in batch:
        name = "delete" if action.document is None else "index"
        target = {"_id": action.key, "version": action.seq}
        operations.append({name: target | {"version_type": "external_gte"}})
        if action.document is not None:
            operations.append(action.document)
    try:
        # Through an alias that must be there: an index that was lost a moment ago is
        # not made anew without its mappings.
        response = client.bulk(
            index=own_alias(index),
            operations=operations,
            require_alias=True,
            timeout=SHARD_TIMEOUT,
        )
    except ApiError as error:
        if error.meta.status == TOO_LARGE:
            return _send_halves(client, index, batch, str(error))
        raise away(error) from error
    except TransportError as error:
        raise away(error) from error
    refused = {}
    for action, item in zip(batch, response["items"], strict=True):
        (result,) = item.values()
        if reason := _refusal(action, result):
            refused[action.key] = reason
    return refused


def _send_halves(
    client: Elasticsearch, index: str, batch: Sequence[Action], reason: str
) -> dict[str, str]:
    if len(batch) == 1:
        return {batch[0].key: reason}
    middle = len(batch) // 2
    return send(client, index, batch[:middle]) | send(client, index, batch[middle:])


def set_aside(batch: Sequence[Action], refused: Mapping[str, str]) -> int:
    """Remember what was refused, by key, and forget what was taken; return how many
    were refused."""
    taken = [action.key for action in batch if action.key not in refused]
    PoisonDocument.objects.filter(key__in=taken).delete()
    for action in batch:
        if action.key in refused:
            reason = refused[action.key][:1000]
            PoisonDocument.objects.update_or_create(
                key=action.key, defaults={"seq": action.seq, "reason": reason}
            )
    return len(refused)


def _refusal(action: Action, result: Mapping[str, Any]) -> str:
    """Why the document must be set aside; nothing if all is well."""
    status = result["status"]
    is_gone = status == 404 and action.document is None and "error" not in result
    is_newer = status == 409  # the index holds a later state already
    if status < 300 or is_gone or is_newer:
        return ""
    error = result.get("error") or {}
    reason = str(error.get("reason") or error or status)
    if error.get("type") == "index_not_found_exception":
        raise MissingError(reason)
    if status in BUSY or status in {401, 403, 404}:
        raise AwayError(f"{status}: {reason}")
    return reason


def away(error: Exception) -> AwayError:
    """What *error* of the client means for a writer."""
    if isinstance(error, ApiError) and error.meta.status == 404:
        return MissingError(str(error))
    return AwayError(f"{type(error).__name__}: {error}")


def checkpoint(client: Elasticsearch, index: str) -> Place:
    """The index of this name or alias, and how far it has come.

    Raises MissingError where there is none, or none that was begun properly.
    """
    try:
        found = client.get(index=index, id=CHECKPOINT, stored_fields=[CHECKPOINT])
    except ApiError as error:
        is_closed = error.error == "index_closed_exception"
        if error.meta.status == 400 and not is_closed:  # an alias of several indices
            raise MissingError(str(error)) from error
        raise away(error) from error
    except TransportError as error:
        raise away(error) from error
    try:
        state = json.loads(found["fields"][CHECKPOINT][0])
    except (KeyError, TypeError, ValueError):
        state = None
    if not isinstance(state, dict) or "seq" not in state:
        raise MissingError(
            f"{found['_index']} is no index of this archive, or of an older version."
        )
    return Place(found["_index"], state)


def set_checkpoint(client: Elasticsearch, place: Place, **state: Any) -> Place:
    """Write down how far the index has come; with None a word is struck out."""
    said = {
        name: value
        for name, value in {**place.state, **state}.items()
        if value is not None
    }
    try:
        client.index(
            index=own_alias(place.index),
            id=CHECKPOINT,
            document={CHECKPOINT: json.dumps(said)},
            require_alias=True,
            timeout=SHARD_TIMEOUT,
        )
    except (ApiError, TransportError) as error:
        raise away(error) from error
    return Place(place.index, said)
