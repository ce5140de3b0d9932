"""The worker: its heartbeat, and tasks that should have been done."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult, get_date_max

from newsroom.doctor.registry import Finding, Options, failure, ok, warning
from newsroom.observability.health import heartbeat_age
from newsroom.worker.hold import is_held
from newsroom.worker.recovery import DEAD_AFTER

# A job of an editor can keep all others waiting for a few minutes.
OVERDUE = timedelta(minutes=15)


def check_worker(options: Options) -> Iterator[Finding]:
    if is_held():
        message = _("The site was restored and is on hold: it sends no mail.")
        yield failure(message, _("Look at the site, then run resume_after_restore."))
    age = heartbeat_age()
    remedy = _("Start manage.py worker, and let the system restart it.")
    if age is None:
        yield failure(_("No worker has ever run."), remedy)
    elif age > DEAD_AFTER:
        params = {"seconds": age.total_seconds()}
        message = _("No worker has given a sign of life for %(seconds)d seconds.")
        yield failure(message % params, remedy)
    else:
        yield ok(_("A worker runs."))
    before = timezone.now() - OVERDUE
    due = Q(run_after__lte=before) | Q(run_after=get_date_max())
    waiting = DBTaskResult.objects.ready().filter(due, enqueued_at__lte=before)
    if count := waiting.count():
        message = ngettext(
            "%(count)d task has waited for more than %(minutes)d minutes.",
            "%(count)d tasks have waited for more than %(minutes)d minutes.",
            count,
        )
        params = {"count": count, "minutes": OVERDUE.total_seconds() // 60}
        yield warning(
            message % params, _("See the worker's log, or start another one.")
        )
