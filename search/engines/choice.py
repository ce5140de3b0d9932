"""Which engine answers: the replica if there is one and it is well, or the database."""

import logging
import threading
import time
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from elasticsearch import TransportError

from search.engines import Answer, Engine, RefusedError, Request
from search.engines.breaker import Breaker
from search.replica.cluster import Cluster, configured
from search.replica.following import lag
from search.replica.nodes import Nodes, nodes_of

logger = logging.getLogger(__name__)

# Seconds that the replica may be behind before readers get the database's answer.
MAX_LAG = 15.0
# Seconds for which what is known of the lag is good enough.
LAG_IS_KNOWN_FOR = 2.0

_breakers: dict[str, Breaker] = {}
_lags: dict[str, tuple[float, float]] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Asked:
    """The engine that answered, and whether in place of one that is away."""

    name: str
    is_reduced: bool = False


def ask(request: Request) -> tuple[Answer, Asked]:
    """Return the answer of the engine that the site has set up, or of the database's
    own where that one is away, slow or far behind. Never raises for its sake."""
    try:
        cluster = configured()
        answer = _ask_replica(cluster, request) if cluster else None
        is_reduced = cluster is not None
    except ImproperlyConfigured as error:
        logger.error("The database answers: %s", error)
        answer, is_reduced = None, True
    if answer is not None:
        return answer, Asked("elasticsearch")
    engine = database_engine()
    return engine.search(request), Asked(engine.name, is_reduced=is_reduced)


def _ask_replica(cluster: Cluster, request: Request) -> Answer | None:
    from search.engines.elasticsearch import ElasticsearchEngine

    guard = breaker(cluster)
    if _is_behind(cluster) or not guard.allows():
        return None
    nodes = nodes_of(cluster)
    nodes.look_again()
    if nodes.all_are_silent:  # this is the one try of many: who has come back?
        nodes.examine()
        if nodes.all_are_silent:
            guard.failed()
            return None
    for is_last in (len(nodes.urls) == 1, True):
        url, client = nodes.next_reading_client()
        engine = ElasticsearchEngine(client, cluster.index, nodes.preference)
        try:
            answer = engine.search(request)
        except RefusedError as error:
            logger.warning("Elasticsearch refuses a search: %s", error)
            guard.succeeded()
            return None
        except Exception as error:  # whatever answers there: readers get the database's
            _note_failure(nodes, url, error)
            if is_last or nodes.all_are_silent:
                if not guard.is_open:
                    logger.warning(
                        "Elasticsearch is away, the database answers: %s", error
                    )
                break
        else:
            guard.succeeded()
            return answer
    guard.failed()
    return None


def _note_failure(nodes: Nodes, url: str, error: Exception) -> None:
    """Find out who is silent where no answer came; else leave out the node that gave
    a wrong one. Where there is one node, nobody else can be asked."""
    is_silent = isinstance(error.__cause__, TransportError)
    if len(nodes.cluster.urls) > 1 and is_silent:
        nodes.examine()
    elif len(nodes.cluster.urls) > 1 or is_silent:
        nodes.leave_out(url)


def breaker(cluster: Cluster) -> Breaker:
    """The breaker of this process for *cluster*."""
    with _lock:
        return _breakers.setdefault(" ".join(cluster.urls), Breaker())


def _is_behind(cluster: Cluster) -> bool:
    known = _lags.get(cluster.index)
    now = time.monotonic()
    if known is None or now - known[0] > LAG_IS_KNOWN_FOR:
        known = (now, lag(cluster.index))
        _lags[cluster.index] = known
    return known[1] > MAX_LAG


def database_engine() -> Engine:
    """The engine of the database that this site runs on."""
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
