"""Writing documents: in bulk, by version, with rejected documents set aside."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.models import RejectedDocument
from search.replica.errors import MissingError, error_of, unavailable
from search.replica.schema import CHECKPOINT, own_alias

# Approximate bytes of a bulk request: well below the hundred megabytes that a cluster
# accepts, and small enough for a node with little memory.
BULK_BYTES = 5_000_000
# How long a cluster waits for an unavailable shard before it reports an error. It must
# be shorter than the client's time-out, after which the reason is unknown.
SHARD_TIMEOUT = "5s"
# HTTP status of a cluster, or a proxy in front, that refuses requests of this size.
TOO_LARGE = 413
# Sequence numbers and primary keys are 64-bit integers in the database.
MAX_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Action:
    """Write *document* under *document_id*, or delete it if None, as of version *seq*.

    A later version in the index stays.
    """

    document_id: str
    seq: int
    document: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class IndexCheckpoint:
    """An index by its own name, and the state stored in its checkpoint.

    ``seq`` is the position in the log up to which the index is synced, ``line``
    identifies the row there, and ``version`` is the version of its documents.
    ``last_id`` is present only while the index is filled.
    """

    index: str
    state: Mapping[str, Any]

    @property
    def seq(self) -> int:
        return int(self.state["seq"])


def write(client: Elasticsearch, index: str, actions: Iterable[Action]) -> int:
    """Carry out *actions* in *index*, an index name; return the number rejected.

    Rejected documents are set aside; those accepted now are no longer set aside. Raises
    ClusterUnavailableError if the cluster cannot accept them now.
    """
    rejected = 0
    for batch in bulks(actions):
        rejected += set_aside(batch, send(client, index, batch))
    return rejected


def bulks(actions: Iterable[Action]) -> Iterator[list[Action]]:
    """Yield *actions* in parts, each small enough for one request."""
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
    # Three variants; folded terms take half the bytes, because they are Latin letters.
    return 5 * len(action.document["stems"]) + len(action.document["marks"])


def send(client: Elasticsearch, index: str, batch: Sequence[Action]) -> dict[str, str]:
    """Carry out *batch* in one request, without the database.

    Returns the reasons for rejected documents by id. Raises ClusterUnavailableError.
    """
    operations: list[Mapping[str, Any]] = []
    for action in batch:
        name = "delete" if action.document is None else "index"
        target = {"_id": action.document_id, "version": action.seq}
        operations.append({name: target | {"version_type": "external_gte"}})
        if action.document is not None:
            operations.append(action.document)
    try:
        # Writing through an alias with require_alias: otherwise an index that was just
        # lost would be created without its mappings.
        response = client.bulk(
            index=own_alias(index),
            operations=operations,
            require_alias=True,
            timeout=SHARD_TIMEOUT,
        )
    except ApiError as error:
        if error.meta.status == TOO_LARGE:
            return _send_halves(client, index, batch, str(error))
        raise unavailable(error) from error
    except TransportError as error:
        raise unavailable(error) from error
    refused = {}
    for action, item in zip(batch, response["items"], strict=True):
        (result,) = item.values()
        if reason := _refusal(action, result):
            refused[action.document_id] = reason
    return refused


def _send_halves(
    client: Elasticsearch, index: str, batch: Sequence[Action], reason: str
) -> dict[str, str]:
    if len(batch) == 1:
        return {batch[0].document_id: reason}
    middle = len(batch) // 2
    return send(client, index, batch[:middle]) | send(client, index, batch[middle:])


def set_aside(batch: Sequence[Action], refused: Mapping[str, str]) -> int:
    """Save rejected documents, and delete accepted ones from those set aside.

    *refused* has the reasons by document id. Returns the number of rejected documents.
    """
    taken = [
        action.document_id for action in batch if action.document_id not in refused
    ]
    RejectedDocument.objects.filter(key__in=taken).delete()
    for action in batch:
        if action.document_id in refused:
            reason = refused[action.document_id][:1000]
            RejectedDocument.objects.update_or_create(
                key=action.document_id, defaults={"seq": action.seq, "reason": reason}
            )
    return len(refused)


def _refusal(action: Action, result: Mapping[str, Any]) -> str:
    """Return why the document must be set aside, an empty string if all is well."""
    status = result["status"]
    is_gone = status == 404 and action.document is None and "error" not in result
    is_newer = status == 409  # the index already holds a later version
    if status < 300 or is_gone or is_newer:
        return ""
    error = result.get("error") or {}
    reason = str(error.get("reason") or error or status)
    problem = error_of(status, str(error.get("type", "")), reason)
    if problem is not None:
        raise problem
    return reason


def checkpoint(
    client: Elasticsearch, index: str, *, preference: str | None = None
) -> IndexCheckpoint:
    """Return the index behind a name or alias, with its state.

    Raises MissingError if there is none, or none with a checkpoint.
    """
    try:
        found = client.get(
            index=index,
            id=CHECKPOINT,
            stored_fields=[CHECKPOINT],
            preference=preference,
        )
    except ApiError as error:
        if error.error == "illegal_argument_exception":
            raise MissingError(f"{index} is an alias of several indices.") from error
        raise unavailable(error) from error
    except TransportError as error:
        raise unavailable(error) from error
    state = state_of(found.get("fields"))
    if state is None:
        raise MissingError(
            f"{found['_index']} is no index of this archive, or of an older version."
        )
    return IndexCheckpoint(found["_index"], state)


def state_of(fields: Any) -> dict[str, Any] | None:
    """Return the state in the stored *fields* of a checkpoint, None if invalid."""
    try:
        state = json.loads(fields[CHECKPOINT][0])
    except (KeyError, IndexError, TypeError, ValueError, RecursionError):
        return None
    if not isinstance(state, dict) or not isinstance(state.get("line"), str):
        return None
    last_id = state.get("last_id")
    if not _is_number(state.get("seq")) or not (last_id is None or _is_number(last_id)):
        return None
    return state


def _is_number(value: Any) -> bool:
    # bool is a subclass of int.
    return type(value) is int and 0 <= value <= MAX_NUMBER


def set_checkpoint(
    client: Elasticsearch, place: IndexCheckpoint, **state: Any
) -> IndexCheckpoint:
    """Update the state in the checkpoint; a value of None removes a key."""
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
        raise unavailable(error) from error
    return IndexCheckpoint(place.index, said)
