"""Work that fell due before a restored site is resumed, and its cancellation."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log
from wagtail.models import Page

from newsroom.access.users import User
from newsroom.publication.due import due_revisions, expired_pages
from newsroom.translation.models import Release
from newsroom.translation.releases.due import due_releases
from newsroom.worker.hold import current_hold, lift
from newsroom.worker.models import Job


@dataclass(frozen=True, slots=True)
class DueWork:
    """Numbers of what happens when the site is resumed."""

    publications: int
    releases: int
    expiries: int
    tasks: int

    @property
    def total(self) -> int:
        return self.publications + self.releases + self.expiries + self.tasks


def due_work() -> DueWork:
    return DueWork(
        publications=due_revisions().count(),
        releases=due_releases().count(),
        expiries=expired_pages().count(),
        tasks=DBTaskResult.objects.ready().count(),
    )


def resume(*, drop: bool = False, user: User | None = None) -> DueWork:
    """End the hold; return what was due.

    If *drop*, it is cancelled first: schedules and releases that are due, expiry dates
    in the past, queued tasks and unfinished jobs. Otherwise, the worker does it.
    """
    with transaction.atomic():
        found = due_work()
        hold = current_hold()
        if drop:
            _drop(user)
        if hold is not None:
            action = "newsroom.resume_dropped" if drop else "newsroom.resume"
            log(hold, action, user=user, data={"due": asdict(found)})
        lift()
    return found


def _drop(user: User | None) -> None:
    for revision in due_revisions():
        revision.approved_go_live_at = None
        revision.save(user=user, update_fields=["approved_go_live_at"])
        page = revision.content_object
        if page is not None:
            data = {"revision": {"id": revision.pk}}
            log(page, "wagtail.schedule.cancel", user=user, data=data)
    for page in expired_pages():
        Page.objects.filter(pk=page.pk).update(expire_at=None)
    for release in due_releases():  # one by one, so that signals update the desk
        release.state = Release.State.CANCELLED
        release.save(update_fields=["state"])
    unfinished = Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    unfinished.update(state=Job.State.STOPPED, finished_at=timezone.now())
    DBTaskResult.objects.ready().delete()
