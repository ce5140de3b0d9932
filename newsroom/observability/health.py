"""The state of the site and of its parts, for a load balancer."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from newsroom.observability.time_limits import TimeLimited
from newsroom.worker.models import WorkerHeartbeat
from newsroom.worker.recovery import DEAD_AFTER
from search.engines.choice import MAX_LAG
from search.models import ReplicaState
from search.replica.cluster import configured
from search.replica.sync import lag

logger = logging.getLogger(__name__)

# Seconds that a probe waits for all checks. Balancers commonly give up after five.
CHECK_SECONDS = 2.0


class State(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"  # readers are served, something is late or missing
    UNAVAILABLE = "unavailable"  # readers cannot be served


class PartState(StrEnum):
    OK = "ok"
    UNAVAILABLE = "unavailable"
    HANGS = "hangs"  # it has not answered within CHECK_SECONDS
    UNKNOWN = "unknown"  # not asked, because the database is unavailable
    MISSING = "missing"  # migrations are not applied; no worker has ever run
    LATE = "late"  # the worker has stopped, or the replica lags
    MISCONFIGURED = "misconfigured"


@dataclass(frozen=True, slots=True)
class Health:
    """The states of the parts by name, and what follows for the whole."""

    parts: dict[str, PartState]

    @property
    def state(self) -> State:
        if any(self.parts[name] != PartState.OK for name in ("database", "migrations")):
            return State.UNAVAILABLE
        if any(state != PartState.OK for state in self.parts.values()):
            return State.DEGRADED
        return State.OK

    def as_json(self) -> dict[str, object]:
        return {"status": self.state, "parts": self.parts}


def health() -> Health:
    """Check all parts within :data:`CHECK_SECONDS`. Never raises for a part's sake."""
    required_migrations()  # loaded here: it takes time once, and no database
    try:
        found = _check_in_time()
    except Exception as error:
        logger.warning("The database is unavailable: %s", type(error).__name__)
        return _without_database(PartState.UNAVAILABLE)
    return found or _without_database(PartState.HANGS)


def check() -> Health:
    """Return the state of all parts. Takes six queries at most; no other server.

    Raises the database's errors.
    """
    if not are_migrations_applied():
        return Health(
            {
                "database": PartState.OK,
                "migrations": PartState.MISSING,
                "worker": PartState.UNKNOWN,
                "search": PartState.UNKNOWN,
            }
        )
    return Health(
        {
            "database": PartState.OK,
            "migrations": PartState.OK,
            "worker": worker_state(),
            "search": search_state(),
        }
    )


_check_in_time = TimeLimited(check, CHECK_SECONDS)


def _without_database(state: PartState) -> Health:
    unknown = dict.fromkeys(("migrations", "worker", "search"), PartState.UNKNOWN)
    return Health({"database": state, **unknown})


@lru_cache(maxsize=1)
def required_migrations() -> frozenset[tuple[str, str]]:
    """Return (app, name) of the last migrations of all apps, without a query."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def are_migrations_applied() -> bool:
    """Return whether the database has all migrations of this version. Two queries.

    A database that has more, of a later version during an upgrade, will do.
    """
    applied = MigrationRecorder(connection).applied_migrations()
    return required_migrations() <= applied.keys()


def worker_state() -> PartState:
    """Return whether any worker has written a heartbeat lately. One query."""
    age = heartbeat_age()
    if age is None:
        return PartState.MISSING
    return PartState.LATE if age > DEAD_AFTER else PartState.OK


def heartbeat_age() -> timedelta | None:
    """Return the time since the last heartbeat of any worker, None without any."""
    beats = WorkerHeartbeat.objects.order_by("-seen_at")
    seen_at = beats.values_list("seen_at", flat=True).first()
    return timezone.now() - seen_at if seen_at else None


def search_state() -> PartState:
    """Return the state of the search replica as the worker has last reported it.

    Elasticsearch itself is not asked. Three queries; none without Elasticsearch.
    """
    try:
        cluster = configured()
    except ImproperlyConfigured:
        return PartState.MISCONFIGURED
    if cluster is None:
        return PartState.OK
    errors = ReplicaState.objects.filter(index=cluster.index)
    error = errors.values_list("error", flat=True).first()
    if error:
        return PartState.UNAVAILABLE
    return PartState.LATE if lag(cluster.index) > MAX_LAG else PartState.OK
