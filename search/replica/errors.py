"""Classification of Elasticsearch errors for writers, with remedies."""

from elasticsearch import ApiError

# Retryable HTTP statuses: overload, start-up, time-out.
BUSY = {408, 425, 429, 500, 502, 503, 504}
# HTTP statuses for invalid credentials and missing privileges.
UNKNOWN_USER, NO_RIGHTS = 401, 403
CLOSED, NOT_FOUND = "index_closed_exception", "index_not_found_exception"
BLOCKED = "cluster_block_exception"
NO_SHARD = {"no_shard_available_action_exception", "unavailable_shards_exception"}

# Text in the reason of a cluster block → remedy. The order matters: the reason of a
# full disk contains the text of other blocks.
_BLOCKS = {
    "flood-stage watermark": (
        "The disk of a node is too full. Free space or add a node; Elasticsearch then"
        " lifts the block by itself, and the worker continues."
    ),
    "cluster read-only": (
        "The cluster was made read-only. Lift that: PUT /_cluster/settings"
        ' {"persistent": {"cluster.blocks.read_only": null,'
        ' "cluster.blocks.read_only_allow_delete": null}}'
    ),
    "read-only-allow-delete": (
        "The index was made read-only. Lift that: PUT /INDEX/_settings"
        ' {"index.blocks.read_only_allow_delete": null}'
    ),
    "index read-only": (
        "The index was made read-only. Lift that: PUT /INDEX/_settings"
        ' {"index.blocks.read_only": null}'
    ),
    "index write": (
        "The index was closed to writing. Lift that: PUT /INDEX/_settings"
        ' {"index.blocks.write": null}'
    ),
    "metadata": (
        "The settings of the index were closed. Lift that: PUT /INDEX/_settings"
        ' {"index.blocks.metadata": null}'
    ),
}


class ClusterUnavailableError(Exception):
    """The cluster cannot be written to now; the write will be retried."""


class MissingError(ClusterUnavailableError):
    """The index does not exist, or cannot be synced."""


class SetUpError(ClusterUnavailableError):
    """The settings of the cluster prevent writing.

    The message says what an operator must do. The write is retried and succeeds once
    that is done.
    """


def unavailable(error: Exception) -> ClusterUnavailableError:
    """Return the ClusterUnavailableError for *error* of the client."""
    if isinstance(error, ApiError):
        status = error.meta.status
        reason = _reason(error)
        if status == 404:
            return MissingError(reason)
        problem = error_of(status, error.error, reason)
        if problem is not None:
            return problem
    return ClusterUnavailableError(f"{type(error).__name__}: {error}")


def _reason(error: ApiError) -> str:
    body = error.body.get("error") if isinstance(error.body, dict) else None
    found = body.get("reason") if isinstance(body, dict) else None
    return str(found or error)


def error_of(status: int, kind: str, reason: str) -> ClusterUnavailableError | None:
    """Return the ClusterUnavailableError for a failed request or bulk item.

    Returns None if the document itself was rejected.
    """
    if kind in (CLOSED, NOT_FOUND):
        return MissingError(reason)
    if kind == BLOCKED:
        return blocked(reason) or ClusterUnavailableError(f"{status}: {reason}")
    if status == UNKNOWN_USER:
        return SetUpError(
            f"Elasticsearch refuses the site's credentials ({reason}). Set"
            " ELASTICSEARCH_API_KEY, or ELASTICSEARCH_BASIC_AUTH, again."
        )
    if status == NO_RIGHTS:
        return SetUpError(
            f"Elasticsearch refuses the site a right ({reason}). Give its key or user"
            ' the rights that docs/search.md lists under "Rights".'
        )
    if kind in NO_SHARD:
        return ClusterUnavailableError(
            f"{status}: {reason}. If the node that has it is lost for good, run"
            " rebuild_search."
        )
    if status in BUSY or status == 404:
        return ClusterUnavailableError(f"{status}: {reason}")
    return None


def blocked(reason: str) -> SetUpError | None:
    """Return the remedy for the block named in *reason*.

    Returns None if the block lifts by itself (a cluster that is starting, or has no
    master).
    """
    for name, remedy in _BLOCKS.items():
        if name in reason:
            return SetUpError(f"{reason}. {remedy}")
    return None
