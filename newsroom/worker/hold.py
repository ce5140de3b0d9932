"""The hold on a restored site: it sends no mail and does nothing that fell due.

A backup contains schedules, releases and queued tasks of its time. Without the hold, a
restored site would publish at once what was meant for the days since, or has been
cancelled since, and a drill on a test server would write to real people.
``manage.py restore`` puts a row of :class:`RestoreHold` into the restored database
together with its contents; ``manage.py resume_after_restore`` or an administrator
removes it.
"""

from django.core.management.base import CommandError
from django.db.models import F

from newsroom.worker.models import RestoreHold


def is_held() -> bool:
    """Return whether this site was restored and not resumed. Runs one query."""
    return RestoreHold.objects.exists()


def current_hold() -> RestoreHold | None:
    return RestoreHold.objects.first()


def refuse_while_held() -> None:
    """Raise CommandError if this site is on hold."""
    if is_held():
        raise CommandError(
            "This site was restored from a backup and is on hold: run "
            "resume_after_restore first."
        )


def lift() -> None:
    """End the hold: what is due happens at the worker's next look at it."""
    RestoreHold.objects.all().delete()


def count_unsent(number: int) -> None:
    """Add *number* to the mails that were not sent because of the hold."""
    RestoreHold.objects.update(mails_not_sent=F("mails_not_sent") + number)
