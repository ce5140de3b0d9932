"""The id of the request that queued a task, for the log of the worker.

The id is stored with the task's arguments, so that queueing takes no further query.
"""

from typing import Any

import structlog
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult

KEY = "request_id"


@receiver(pre_save, sender=DBTaskResult)
def remember_request(instance: DBTaskResult, raw: bool, **kwargs: Any) -> None:
    """Store the current request's id in a new task."""
    if raw or not instance._state.adding:
        return
    request_id = structlog.contextvars.get_contextvars().get(KEY)
    if request_id:
        instance.args_kwargs = {**instance.args_kwargs, KEY: request_id}


@receiver(task_started)
def bind_request(task_result: Any, **kwargs: Any) -> None:
    """Bind the ids of the task and of its request to the log of this thread.

    A task that runs immediately is part of the request and keeps its context.
    """
    stored = getattr(task_result, "db_result", None)
    if stored is None:
        return
    structlog.contextvars.clear_contextvars()
    context = {"task_id": str(task_result.id), "task": stored.task_path}
    if request_id := stored.args_kwargs.get(KEY):
        context[KEY] = request_id
    structlog.contextvars.bind_contextvars(**context)


@receiver(task_finished)
def unbind_request(task_result: Any, **kwargs: Any) -> None:
    if getattr(task_result, "db_result", None) is not None:
        structlog.contextvars.clear_contextvars()
