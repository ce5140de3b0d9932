"""Start and processing of jobs, with a transaction for each item.

An item is marked as done in the transaction that processes it, so a killed worker has
processed an item completely or not at all. The next worker resumes the job
(:func:`take_up`), and two workers on one job process each item once.
"""

import logging
import threading
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from newsroom.access.accounts import mail_language_of
from newsroom.access.users import User
from newsroom.worker.kinds import (
    ItemFailedError,
    ItemOutcome,
    JobKind,
    Params,
    kind_named,
)
from newsroom.worker.models import MAX_SUBJECT_LENGTH, Job, JobItem

logger = logging.getLogger(__name__)

# A job that has no task in the queue and was not seen for this long has been lost.
LOST_AFTER = timedelta(minutes=1)
# Attempts at an item. If a worker dies of an item, no failure is recorded.
MAX_ATTEMPTS = 3
INSERTED_AT_ONCE = 500

# Set when the process is to end: jobs then stop after the current item, to be resumed.
ending = threading.Event()


def start(
    kind: JobKind,
    *,
    user: User,
    items: Iterable[tuple[str, Params]],
    params: Params | None = None,
) -> Job:
    """Create a job that applies *kind* to every item, and enqueue it.

    *items* are pairs of subject and params. The job can run after the transaction is
    committed, if there is one.
    """
    with transaction.atomic():
        job = Job.objects.create(kind=kind.name, owner=user, params=dict(params or {}))
        JobItem.objects.bulk_create(
            (
                JobItem(job=job, subject=subject[:MAX_SUBJECT_LENGTH], params=given)
                for subject, given in items
            ),
            batch_size=INSERTED_AT_ONCE,
        )
        run_job.enqueue(job.pk)  # a row of the same database: committed with the job
    return job


def stop(job: Job) -> None:
    """Stop *job* after the current item; finished items are kept."""
    unfinished = Job.objects.filter(pk=job.pk).exclude(state=Job.State.DONE)
    unfinished.update(state=Job.State.STOPPED, finished_at=timezone.now())


def take_up() -> int:
    """Queue again lost jobs, which have no queued or running task; return their number.

    A task whose worker has died is queued again by :mod:`newsroom.worker.recovery`.
    """
    now = timezone.now()
    left = Job.objects.filter(state=Job.State.RUNNING, seen_at__lt=now - LOST_AFTER)
    count = 0
    for pk in left.values_list("pk", flat=True):
        if not _has_task(pk) and left.filter(pk=pk).update(
            seen_at=now
        ):  # by this worker only
            logger.warning("Job %s was interrupted; resuming it.", pk)
            run_job.enqueue(pk)
            count += 1
    return count


def _has_task(pk: int) -> bool:
    """Return whether a task for this job is queued or running."""
    tasks = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        task_path=run_job.module_path,
    )
    return tasks.filter(args_kwargs__args=[pk]).exists()


@task(backend="background")
def run_job(pk: int) -> None:
    """Process the remaining items of a job."""
    working = Job.objects.filter(pk=pk).exclude(
        state__in=[Job.State.DONE, Job.State.STOPPED]
    )
    if not working.update(state=Job.State.RUNNING, seen_at=timezone.now()):
        return
    job = Job.objects.select_related("owner").get(pk=pk)
    with override(mail_language_of(job.owner)):
        while not ending.is_set():
            if not _do_next(job):
                working.update(state=Job.State.DONE, finished_at=timezone.now())
                return
            seen = Job.objects.filter(pk=pk, state=Job.State.RUNNING)
            if not seen.update(seen_at=timezone.now()):
                return  # the job was stopped
    if working.update(state=Job.State.QUEUED):
        run_job.enqueue(pk)


def _do_next(job: Job) -> bool:
    """Process one of the waiting items; return whether there was one."""
    waiting = job.items.filter(state=JobItem.State.WAITING)
    item = waiting.first()
    if item is None:
        return False
    waiting.filter(pk=item.pk).update(attempts=F("attempts") + 1)
    try:
        if item.attempts >= MAX_ATTEMPTS:
            raise ItemFailedError(_("The worker has died each time that it did this."))
        kind, owner = _kind_of(job), _active(job.owner)
        given = [owner, job.params, item.params]
        if kind.prepare:
            given.append(kind.prepare(*given))
        with transaction.atomic():
            if not _locked(waiting.filter(pk=item.pk)).exists():
                return True  # another worker has it
            _record(item, JobItem.State.DONE, kind.do(*given))
    except ItemFailedError as error:
        _record(item, JobItem.State.FAILED, ItemOutcome(str(error)))
    except Exception:  # of one item: the others still run
        logger.exception("Job %s fails with %s.", job.pk, item)
        reason = _("Something went wrong; the site's log has the details.")
        _record(item, JobItem.State.FAILED, ItemOutcome(reason))
    return True


def _kind_of(job: Job) -> JobKind:
    try:
        return kind_named(job.kind)
    except KeyError as error:
        raise ItemFailedError(
            _("This version of the site does not know the job “%(kind)s”.")
            % {"kind": job.kind}
        ) from error


def _active(user: User | None) -> User:
    users = get_user_model().objects.filter(is_active=True)
    found = users.filter(pk=user.pk).first() if user else None
    if not found:
        raise ItemFailedError(_("The user who started this no longer has an account."))
    return found


def _record(item: JobItem, state: str, outcome: ItemOutcome) -> None:
    JobItem.objects.filter(pk=item.pk, state=JobItem.State.WAITING).update(
        state=state, message=outcome.message, url=outcome.url
    )


def _locked(items: QuerySet[JobItem]) -> QuerySet[JobItem]:
    """Lock *items* and return those that no other worker has locked.

    SQLite has one writer at a time, which holds the lock from the start of the
    transaction.
    """
    if connection.features.has_select_for_update_skip_locked:
        return items.select_for_update(skip_locked=True)
    return items
