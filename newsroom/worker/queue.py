"""Doing what waits in the queue, as ``manage.py worker`` does again and again."""

from datetime import timedelta

from django.utils import timezone
from django_tasks.utils import get_random_id
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from newsroom.worker.recovery import beat, forget_dead_workers, recover
from newsroom.worker.running import run_job, take_up

# How long the queue remembers what is over; the jobs themselves stay.
KEPT = timedelta(days=7)
# Of this process, as long as it lives.
WORKER_ID = get_random_id()
# A job counts the attempts at each of its items.
ENDLESS = frozenset({run_job.module_path})


def run_waiting() -> None:
    """Do all that waits, and take up what a worker that died has left."""
    beat(WORKER_ID)
    recover(endless=ENDLESS)
    take_up()
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=run_job.backend,
        startup_delay=False,
        max_tasks=None,
        worker_id=WORKER_ID,
    )
    worker.run()
    over = DBTaskResult.objects.finished()
    over.filter(finished_at__lt=timezone.now() - KEPT).delete()
    forget_dead_workers()
