"""Unpublication of expired pages; a failure does not stop the others.

A page that cannot be unpublished is logged and notified once. The worker tries again
when the page has changed, and once a day, because a cause outside the page does not
change it.
"""

import logging
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from wagtail.models import Page

from newsroom.articles.refusals import in_every_language, reasons_of
from newsroom.publication.due import expired_pages
from newsroom.publication.models import FailedExpiry
from newsroom.publication.notifications import notify_not_taken_down

logger = logging.getLogger(__name__)


def expire() -> None:
    """Unpublish every page that is live past its expiry date."""
    standing = FailedExpiry.objects.standing()
    over = FailedExpiry.objects.exclude(pk__in=standing.values("pk"))
    if over.exists():  # an idle worker takes no lock for writing
        over.delete()
    for pk in expired_pages().order_by("expire_at", "pk").values_list("pk", flat=True):
        try:
            take_down(pk)
        except Exception:  # database unavailable or busy: retried next time
            logger.exception("Page %s could not be unpublished at its time.", pk)


def take_down(pk: int) -> None:
    """Unpublish the page with this primary key if it has expired.

    Does nothing if that failed before in the same circumstances, or if another worker
    has locked the page.
    """
    with transaction.atomic():
        expired = expired_pages().filter(pk=pk)
        if connection.features.has_select_for_update_skip_locked:
            expired = expired.select_for_update(skip_locked=True, of=("self",))
        page = expired.first()
        if page is None:
            return
        known = FailedExpiry.objects.filter(page=page).first()
        seen = _fingerprint(page)
        if known and known.fingerprint == seen:
            return
        try:
            with transaction.atomic():
                page.specific.unpublish(
                    set_expired=True, log_action="wagtail.unpublish.scheduled"
                )
        except (OperationalError, InterfaceError):  # no fault of the page
            raise
        except Exception as error:
            _record(page, known, error, seen)
        else:
            if known:
                known.delete()


def _fingerprint(page: Page) -> str:
    """Return a hash of the values that decide whether another attempt is useful."""
    facts = [
        page.pk,
        page.expire_at,
        page.latest_revision_id,
        page.live_revision_id,
        page.last_published_at,
        page.path,
        timezone.localdate(),
    ]
    return sha256(repr(facts).encode()).hexdigest()


def _record(
    page: Page, known: FailedExpiry | None, error: Exception, seen: str
) -> None:
    """Store why *page* was not unpublished; log and notify each kind of reason once."""
    reasons = in_every_language(lambda: reasons_of(error, page))
    failed = known or FailedExpiry(page=page)
    is_other_time = failed.expire_at != page.expire_at
    failed.expire_at = page.expire_at
    if failed.record(reasons, seen) or is_other_time:
        codes = sorted({one.code for one in reasons[settings.LANGUAGE_CODE]})
        expected: Any = (ValidationError, PermissionDenied)
        logger.warning(
            "%s could not be unpublished at its time: %s",
            page,
            ", ".join(codes),
            exc_info=None if isinstance(error, expected) else error,
        )
        notify_not_taken_down(failed)
