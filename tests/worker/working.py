"""Run the tasks that wait, inside the transaction of a test."""

from unittest.mock import patch

from newsroom.worker.queue import WORKER_ID, maintain, run_ready
from newsroom.worker.recovery import beat


def run_waiting() -> None:
    """Run all queued tasks, including those that a dead worker has left."""
    beat(WORKER_ID)
    maintain()
    run_ready()


def do_jobs() -> None:
    """Run the waiting tasks as the worker does.

    Two things that the worker does outside transactions are left out: on SQLite it
    begins an exclusive transaction by hand to claim a task, and between two tasks it
    closes every connection that is not in autocommit mode, as this one is not.
    """
    manual = "django_tasks_db.utils.connection_requires_manual_exclusive_transaction"
    closing = "django_tasks_db.management.commands.db_worker.close_old_connections"
    with patch(manual, return_value=False), patch(closing):
        run_waiting()
