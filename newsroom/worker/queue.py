"""Processing of the task queue, which ``manage.py worker`` does repeatedly."""

from datetime import timedelta

from django.utils import timezone
from django_tasks.utils import get_random_id
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from newsroom.worker.hold import is_held
from newsroom.worker.recovery import forget_dead_workers, recover
from newsroom.worker.running import ending, run_job, take_up

# Retention of finished tasks; the jobs themselves are kept.
KEPT = timedelta(days=7)
# Identifies this process for its lifetime.
WORKER_ID = get_random_id()
# Tasks without a limit of attempts: a job counts the attempts of each of its items.
ENDLESS = frozenset({run_job.module_path})


class QueueWorker(Worker):
    """A worker that ends after its current task when the process is asked to end.

    The base class would first finish the queue, which may hold thousands of tasks.
    """

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        self.running = not ending.is_set()


def run_ready() -> None:
    """Run the tasks whose time has come. While there are none: one query, no lock.

    On a held site (:mod:`newsroom.worker.hold`) they wait.
    """
    if not DBTaskResult.objects.ready().exists() or is_held():
        return
    worker = QueueWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=run_job.backend,
        startup_delay=False,
        max_tasks=None,
        worker_id=WORKER_ID,
    )
    worker.run()


def maintain() -> None:
    """Queue again what a dead worker has left, and delete old tasks and workers."""
    recover(endless=ENDLESS)
    take_up()
    over = DBTaskResult.objects.finished()
    over.filter(finished_at__lt=timezone.now() - KEPT).delete()
    forget_dead_workers()
