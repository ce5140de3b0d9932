"""The choice of engine: the replica if one is set up and healthy, or the database."""

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from elasticsearch import TransportError

from search.engines import Answer, QueryRefusedError, Request
from search.engines.breaker import Breaker
from search.engines.timing import timed
from search.replica.cluster import Cluster, configured
from search.replica.nodes import Nodes, nodes_of
from search.replica.sync import lag

if TYPE_CHECKING:
    from search.engines.database import DatabaseEngine

logger = logging.getLogger(__name__)

# Seconds that the replica may lag before readers get results from the database.
MAX_LAG = 15.0
# Seconds for which a measured lag is cached.
LAG_IS_KNOWN_FOR = 2.0

_breakers: dict[str, Breaker] = {}
_lags: dict[str, tuple[float, float]] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class EngineUsed:
    """The engine that answered, and whether it replaces an unavailable one."""

    name: str
    is_reduced: bool = False


def ask(request: Request) -> tuple[Answer, EngineUsed]:
    """Query an engine as :func:`_ask` does, and time it (search.engines.timing)."""
    with timed() as search:
        answer, used = _ask(request)
        search.engine = search.engine or used.name
    return answer, used


def _ask(request: Request) -> tuple[Answer, EngineUsed]:
    """Query the configured engine; fall back to the database engine if it fails.

    The database answers if Elasticsearch is down, slow or lagging, or if its settings
    are invalid. Errors of Elasticsearch are never raised.
    """
    try:
        cluster = configured()
        answer = _ask_replica(cluster, request) if cluster else None
        is_reduced = cluster is not None
    except ImproperlyConfigured as error:
        logger.error("The database answers: %s", error)
        answer, is_reduced = None, True
    if answer is not None:
        return answer, EngineUsed("elasticsearch")
    engine = database_engine()
    return engine.search(request), EngineUsed(engine.name, is_reduced=is_reduced)


def read_ahead(requests: Iterable[Request]) -> None:
    """Read with one query what the database needs to answer *requests*.

    Useful only while rows are kept (:mod:`search.kept_rows`). Nothing is read if
    Elasticsearch is expected to answer.
    """
    try:
        cluster = configured()
    except ImproperlyConfigured:  # logged by `ask`
        cluster = None
    is_used = cluster and not breaker(cluster).is_open and not _is_behind(cluster)
    if not is_used:
        with timed():
            database_engine().read_ahead(requests)


def _ask_replica(cluster: Cluster, request: Request) -> Answer | None:
    from search.engines.elasticsearch import ElasticsearchEngine

    guard = breaker(cluster)
    if _is_behind(cluster) or not guard.allows():
        return None
    nodes = nodes_of(cluster)
    nodes.look_again()
    if nodes.all_are_silent:  # the breaker's one try: probe all nodes
        nodes.examine()
        if nodes.all_are_silent:
            guard.failed()
            return None
    for is_last in (len(nodes.urls) == 1, True):
        url, client = nodes.next_reading_client()
        engine = ElasticsearchEngine(client, cluster.index, nodes.preference)
        try:
            answer = engine.search(request)
        except QueryRefusedError as error:
            logger.warning("Elasticsearch refuses a search: %s", error)
            guard.succeeded()
            return None
        except Exception as error:  # any error: readers get the database's answer
            _note_failure(nodes, url, error)
            if is_last or nodes.all_are_silent:
                if not guard.is_open:
                    logger.warning(
                        "Elasticsearch is unavailable, the database answers: %s", error
                    )
                break
        else:
            guard.succeeded()
            return answer
    guard.failed()
    return None


def _note_failure(nodes: Nodes, url: str, error: Exception) -> None:
    """Mark nodes that do not answer as silent, or leave out a node that failed.

    After a transport error all nodes are probed. After any other error, only the node
    at *url* is left out. A single node is left out for transport errors only, since
    there is no other to ask.
    """
    is_silent = isinstance(error.__cause__, TransportError)
    if len(nodes.cluster.urls) > 1 and is_silent:
        nodes.examine()
    elif len(nodes.cluster.urls) > 1 or is_silent:
        nodes.leave_out(url)


def breaker(cluster: Cluster) -> Breaker:
    """Return this process's breaker for *cluster*."""
    with _lock:
        return _breakers.setdefault(" ".join(cluster.urls), Breaker())


def _is_behind(cluster: Cluster) -> bool:
    known = _lags.get(cluster.index)
    now = time.monotonic()
    if known is None or now - known[0] > LAG_IS_KNOWN_FOR:
        known = (now, lag(cluster.index))
        _lags[cluster.index] = known
    return known[1] > MAX_LAG


def database_engine() -> "DatabaseEngine":
    """Return the engine for the database of this site.

    Raises ImproperlyConfigured if there is none.
    """
    if connection.vendor == "sqlite":
        from search.engines.sqlite import SQLiteEngine

        return SQLiteEngine()
    if connection.vendor == "postgresql":
        from search.engines.postgresql import PostgreSQLEngine

        return PostgreSQLEngine()
    raise ImproperlyConfigured(
        f"There is no search engine for {connection.vendor}: "
        "use SQLite or PostgreSQL (DATABASE_URL)."
    )
