"""Doing what waits, inside the transaction that each test is."""

from unittest.mock import patch

from newsroom.jobs.queue import run_waiting


def do_jobs() -> None:
    """As the worker does. On SQLite it would begin a transaction by hand to claim a
    task, which cannot be done within another."""
    name = "django_tasks_db.utils.connection_requires_manual_exclusive_transaction"
    with patch(name, return_value=False):
        run_waiting()
