"""How the cluster is reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from elasticsearch import Elasticsearch

# Seconds that a reader waits for the cluster before the database answers. A search
# takes a third of it at a million entries; an absent cluster must not be noticed.
SEARCH_TIMEOUT = 0.25
# Seconds for a bulk request: a node that has just started is slow for a while.
WRITE_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """What ``settings.SEARCH_ELASTICSEARCH`` says."""

    urls: tuple[str, ...]
    index: str = "newsroom-archive"
    shards: int = 1
    replicas: int = 0
    api_key: str = ""
    ca_certs: str = ""
    search_timeout: float = SEARCH_TIMEOUT


def configured() -> Cluster | None:
    """The cluster that this site has set up, None where it has none."""
    values: Mapping[str, object] | None = getattr(
        settings, "SEARCH_ELASTICSEARCH", None
    )
    if not values or not values.get("urls"):
        return None
    try:
        return Cluster(**values)  # type: ignore[arg-type]
    except TypeError as error:
        raise ImproperlyConfigured(f"SEARCH_ELASTICSEARCH: {error}") from error


def reading_client(cluster: Cluster) -> Elasticsearch:
    """A client for searches: fast or not at all, with a second node's chance."""
    return _client(cluster, cluster.search_timeout, 1)


def writing_client(cluster: Cluster) -> Elasticsearch:
    """A client for the worker, which retries by itself."""
    return _client(cluster, WRITE_TIMEOUT, 0)


@lru_cache(maxsize=8)
def _client(cluster: Cluster, timeout: float, retries: int) -> Elasticsearch:
    secure: dict[str, object] = {}
    if cluster.api_key:
        secure["api_key"] = cluster.api_key
    if cluster.ca_certs:
        secure["ca_certs"] = cluster.ca_certs
    return Elasticsearch(
        list(cluster.urls),
        request_timeout=timeout,
        max_retries=min(retries, len(cluster.urls) - 1),
        retry_on_timeout=False,
        dead_node_backoff_factor=0.25,
        max_dead_node_backoff=2,
        **secure,  # type: ignore[arg-type]
    )
