"""Settings of the Elasticsearch cluster, and clients for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from elasticsearch import Elasticsearch
from elasticsearch.serializer import (
    CompatibilityModeJsonSerializer,
    CompatibilityModeNdjsonSerializer,
)

# Seconds that a reader waits for the cluster before the database answers. A search
# takes a third of this at a million entries; readers must not notice an unavailable
# cluster.
SEARCH_TIMEOUT = 0.25
# Seconds for a bulk request: a node is slow for a while after it starts.
WRITE_TIMEOUT = 10.0

SETTING = "SEARCH_ELASTICSEARCH"
# Elasticsearch allows more; these characters need no escaping in a URL.
_INDEX_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,199}")


class QuickAnswers(CompatibilityModeJsonSerializer):
    """JSON deserialiser, several times as fast as the client's own."""

    def json_loads(self, data: bytes) -> Any:
        return orjson.loads(data)


class QuickLines(CompatibilityModeNdjsonSerializer):
    """Serialiser of bulk request lines, several times as fast as the client's own."""

    def json_dumps(self, data: Any) -> bytes:
        return orjson.dumps(data)


@dataclass(frozen=True, slots=True)
class Cluster:
    """The settings in ``settings.SEARCH_ELASTICSEARCH``.

    ``urls`` are the URLs of its nodes, with scheme and port. ``basic_auth`` is
    ``user:password``, for clusters without API keys.
    """

    urls: tuple[str, ...]
    index: str = "newsroom-archive"
    shards: int = 1
    replicas: int = 0
    api_key: str = ""
    basic_auth: str = ""
    ca_certs: str = ""
    search_timeout: float = SEARCH_TIMEOUT


def configured() -> Cluster | None:
    """Return the configured cluster, None if there is none.

    Raises ImproperlyConfigured for invalid settings.
    """
    values: Mapping[str, object] | None = getattr(settings, SETTING, None)
    if not values or not values.get("urls"):
        return None
    try:
        cluster = Cluster(**{**values, "urls": tuple(values["urls"])})  # type: ignore
    except TypeError as error:
        raise ImproperlyConfigured(f"{SETTING}: {error}") from error
    if problem := _problem(cluster):
        raise ImproperlyConfigured(f"{SETTING}: {problem}")
    return cluster


def _problem(cluster: Cluster) -> str:
    if not _INDEX_NAME.fullmatch(cluster.index):
        return f"{cluster.index!r} is no name for an index."
    if cluster.shards < 1 or cluster.replicas < 0:
        return "There is at least one shard, and no fewer than no replicas."
    if cluster.api_key and cluster.basic_auth:
        return "Set an API key, or a user and password, not both."
    if cluster.basic_auth and ":" not in cluster.basic_auth:
        return "basic_auth is user:password."
    if cluster.ca_certs and not Path(cluster.ca_certs).exists():
        return f"There is no {cluster.ca_certs}."
    return ""


def reading_client(cluster: Cluster) -> Elasticsearch:
    """Return a client for searches, with a short time-out and without retries.

    The caller chooses among several nodes (:mod:`search.replica.nodes`).
    """
    return _client(cluster, cluster.search_timeout, retries=0, on_timeout=False)


def probing_client(cluster: Cluster) -> Elasticsearch:
    """Return a client to find out which nodes answer, without retries."""
    return reading_client(cluster)


def writing_client(cluster: Cluster) -> Elasticsearch:
    """Return a client for the worker.

    A failed connection is retried on the other nodes; time-outs are not retried.
    """
    retries = len(cluster.urls)
    return _client(cluster, WRITE_TIMEOUT, retries=retries, on_timeout=False)


# One client for each set of answering nodes, of which there are few.
@lru_cache(maxsize=64)
def _client(
    cluster: Cluster, timeout: float, *, retries: int, on_timeout: bool
) -> Elasticsearch:
    options: dict[str, object] = {}
    if cluster.api_key:
        options["api_key"] = cluster.api_key
    if cluster.basic_auth:
        user, _, password = cluster.basic_auth.partition(":")
        options["basic_auth"] = (user, password)
    if cluster.ca_certs:
        options["ca_certs"] = cluster.ca_certs
    try:
        return Elasticsearch(
            list(cluster.urls),
            request_timeout=timeout,
            max_retries=min(retries, len(cluster.urls) - 1),
            retry_on_timeout=on_timeout,
            dead_node_backoff_factor=0.25,
            max_dead_node_backoff=2,
            serializers={one.mimetype: one for one in (QuickAnswers(), QuickLines())},
            **options,  # type: ignore[arg-type]
        )
    except (ValueError, OSError) as error:
        raise ImproperlyConfigured(f"{SETTING}: {error}") from error
