"""The answer to Prometheus: shared metrics, and gauges from the database."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Case, Count, Max, Min, Q, When
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric

from newsroom.observability.shared_metrics import SharedCollector
from newsroom.observability.time_limits import TimeLimited
from newsroom.worker.models import WorkerHeartbeat
from newsroom.worker.recovery import DEAD_AFTER
from search.replica.cluster import configured
from search.replica.sync import lag

logger = logging.getLogger(__name__)

# Seconds that a scrape waits for the database.
GAUGE_SECONDS = 2.0

DATABASE_UP = "newsroom_database_up"
GAUGES = {
    DATABASE_UP: "1 if the database answered within two seconds.",
    "newsroom_tasks_waiting": "Tasks whose time has come and that no worker runs.",
    "newsroom_oldest_task_age_seconds": "Seconds since the first of these was due.",
    "newsroom_workers": "Workers with a recent heartbeat.",
    "newsroom_worker_heartbeat_age_seconds": "Seconds since the newest heartbeat.",
    "newsroom_search_lag_seconds": "Seconds that the search replica is behind.",
}


def gauges() -> dict[str, float]:
    """Return the values of :data:`GAUGES` from the database.

    Takes two queries, four with Elasticsearch, without which there is no lag.
    """
    now = timezone.now()
    # The date of a task that is to run at once is the end of time.
    at_once = Q(run_after=get_date_max())
    due = Case(When(at_once, then="enqueued_at"), default="run_after")
    tasks = DBTaskResult.objects.ready().order_by()
    waiting = tasks.aggregate(number=Count("pk"), first=Min(due))
    is_alive = Q(seen_at__gte=now - DEAD_AFTER)
    beats = WorkerHeartbeat.objects.aggregate(
        last=Max("seen_at"), alive=Count("pk", filter=is_alive)
    )
    found = {
        DATABASE_UP: 1.0,
        "newsroom_tasks_waiting": float(waiting["number"]),
        "newsroom_oldest_task_age_seconds": _age(waiting["first"], now),
        "newsroom_workers": float(beats["alive"]),
    }
    if beats["last"]:
        found["newsroom_worker_heartbeat_age_seconds"] = _age(beats["last"], now)
    try:
        cluster = configured()
    except ImproperlyConfigured:  # /health/ready and the log say so
        cluster = None
    if cluster:
        found["newsroom_search_lag_seconds"] = lag(cluster.index)
    return found


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0


gauges_in_time = TimeLimited(gauges, GAUGE_SECONDS)


class DatabaseCollector:
    """The gauges; only DATABASE_UP, 0, if the database is unavailable."""

    def collect(self) -> Iterable[Metric]:
        try:
            found = gauges_in_time() or {DATABASE_UP: 0.0}
        except Exception as error:
            logger.warning("No gauges: %s", type(error).__name__)
            found = {DATABASE_UP: 0.0}
        for name, value in found.items():
            yield GaugeMetricFamily(name, GAUGES[name], value=value)


def metrics_text() -> bytes:
    """Return all metrics in the text format of Prometheus."""
    registry = CollectorRegistry()
    for collector in (SharedCollector(), DatabaseCollector()):
        registry.register(collector)  # type: ignore[arg-type]
    return generate_latest(registry)
