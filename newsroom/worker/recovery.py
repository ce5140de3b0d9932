"""Recovery of tasks whose worker has died, and retries of failed tasks.

Each worker writes a heartbeat. A running task whose worker has no recent heartbeat is
queued again, and so is a failed task. Both are retried a limited number of times, with
increasing delays. Safe to run in several workers at once: the row of a task is updated
only if no other worker has changed it.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from newsroom.worker.models import WorkerHeartbeat

logger = logging.getLogger(__name__)

BEAT_SECONDS = 5.0
# Longer than SQLite's time-out for writers (20 s): a worker that waits still beats.
DEAD_AFTER = timedelta(seconds=30)
# Attempts at a task: one that kills its worker, or fails, three times always will.
MAX_ATTEMPTS = 3
# Delay before the second attempt; four times as long before the third.
FIRST_DELAY = timedelta(seconds=10)
DELAY_FACTOR = 4
# Age up to which failures are examined; older ones were handled by an earlier run.
FAILURES_SEEN = timedelta(hours=1)
LOOKED_AT_ONCE = 200
HEARTBEATS_KEPT = timedelta(days=1)
GIVEN_UP = "The worker died each time that it did this."


def beat(worker_id: str, *, now: datetime | None = None) -> None:
    """Record that this worker is alive."""
    seen_at = now or timezone.now()
    WorkerHeartbeat.objects.update_or_create(
        worker_id=worker_id, defaults={"seen_at": seen_at}
    )


def recover(
    *, endless: frozenset[str] = frozenset(), now: datetime | None = None
) -> int:
    """Queue again the tasks of dead workers and failed tasks; return their number.

    Tasks whose path is in *endless* count their attempts themselves: they are queued
    again whenever a worker dies.
    """
    now = now or timezone.now()
    alive = WorkerHeartbeat.objects.filter(seen_at__gte=now - DEAD_AFTER)
    workers = set(alive.values_list("worker_id", flat=True))
    count = 0
    for task in _running(now):
        if not task.worker_ids or task.worker_ids[-1] not in workers:
            count += _after_death(task, endless, now)
    for task in _failed(now):
        if 0 < len(task.worker_ids) < MAX_ATTEMPTS:
            count += _queue_again(task, now)
    return count


def forget_dead_workers(*, now: datetime | None = None) -> None:
    """Delete heartbeats that are older than `HEARTBEATS_KEPT`."""
    before = (now or timezone.now()) - HEARTBEATS_KEPT
    WorkerHeartbeat.objects.filter(seen_at__lt=before).delete()


def _running(now: datetime) -> QuerySet[DBTaskResult]:
    """Return running tasks that started more than `DEAD_AFTER` ago.

    A living worker has written a heartbeat since.
    """
    running = DBTaskResult.objects.running().filter(started_at__lt=now - DEAD_AFTER)
    return running.order_by("started_at")[:LOOKED_AT_ONCE]


def _failed(now: datetime) -> QuerySet[DBTaskResult]:
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=now - FAILURES_SEEN)
    return failed.order_by("-finished_at")[:LOOKED_AT_ONCE]


def _after_death(task: DBTaskResult, endless: frozenset[str], now: datetime) -> bool:
    if task.task_path in endless or len(task.worker_ids) < MAX_ATTEMPTS:
        logger.warning("The worker of task %s has died: queued again.", task.id)
        return _queue_again(task, now)
    logger.error("Task %s is given up: %s", task.id, GIVEN_UP)
    return _change(
        task,
        status=TaskResultStatus.FAILED,
        finished_at=now,
        exception_class_path="builtins.RuntimeError",
        traceback=GIVEN_UP,
    )


def _queue_again(task: DBTaskResult, now: datetime) -> bool:
    attempts = max(1, min(len(task.worker_ids), MAX_ATTEMPTS))
    delay = FIRST_DELAY * DELAY_FACTOR ** (attempts - 1)
    if task.status == TaskResultStatus.RUNNING:
        # The worker's death was noticed late: that was delay enough.
        delay = timedelta(0)
    return _change(task, status=TaskResultStatus.READY, run_after=now + delay)


def _change(task: DBTaskResult, **fields: Any) -> bool:
    """Update the task's row unless another worker has changed it since it was read."""
    same = DBTaskResult.objects.filter(
        pk=task.pk, status=task.status, started_at=task.started_at
    )
    return bool(same.update(**fields))
