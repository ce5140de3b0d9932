"""Publication of scheduled revisions; a failure does not stop the others.

A refused revision is notified once. It is checked every few seconds, without writing,
and published as soon as there are no more objections. Expired pages are unpublished
first, see :mod:`newsroom.publication.expiry`.
"""

import logging
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from wagtail.models import Page, Revision

from newsroom.articles.refusals import Reason, in_every_language, reasons_of
from newsroom.publication.checking import not_allowed, scheduled_by, why_not
from newsroom.publication.due import due_revisions
from newsroom.publication.expiry import expire
from newsroom.publication.models import RefusedPublication
from newsroom.publication.notifications import notify_refused

logger = logging.getLogger(__name__)


def publish_scheduled() -> int:
    """Unpublish expired pages and publish due revisions.

    Returns the number of published revisions.
    """
    expire()
    stale = RefusedPublication.objects.exclude(
        revision__approved_go_live_at=F("go_live_at")
    )
    for refusal in stale:  # one by one, so that signals update the desk
        refusal.delete()
    published = 0
    due = due_revisions()
    for pk in due.order_by("approved_go_live_at", "pk").values_list("pk", flat=True):
        try:
            published += publish_revision(pk)
        except Exception:  # database unavailable or busy: retried next time
            logger.exception("Revision %s could not be published at its time.", pk)
    return published


def publish_revision(pk: int) -> bool:
    """Publish the revision with this primary key if it is due and has no objections.

    Returns whether it was published. Does nothing if another worker has locked it.
    """
    with transaction.atomic():
        due = due_revisions().filter(pk=pk)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        revision = due.first()
        if revision is None:
            return False
        if revision.content_object is None:
            _forget(revision)
            return False
        known = RefusedPublication.objects.filter(revision=revision).first()
        reasons = _reasons(revision, is_new=known is None)
        seen = _fingerprint(revision, reasons[settings.LANGUAGE_CODE])
        if known and known.fingerprint == seen:
            return False
        if not any(reasons.values()):
            reasons = _publish(revision)
        if any(reasons.values()):
            _record(revision, known, reasons, seen)
            return False
        if known:
            known.delete()
        return True


def _publish(revision: Revision) -> dict[str, list[Reason]]:
    """Publish *revision*; return the reasons if it failed, empty if not."""
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except (OperationalError, InterfaceError):  # no fault of the page
        raise
    except Exception as error:
        if not isinstance(error, ValidationError | PermissionDenied):
            logger.exception("%s could not be published at its time.", revision)
        page, failure = revision.content_object, error
        return in_every_language(lambda: reasons_of(failure, page))
    return {}


def _reasons(revision: Revision, *, is_new: bool) -> dict[str, list[Reason]]:
    """Return why *revision* must not be published.

    A revision that cannot be read is logged if *is_new*.
    """
    user = scheduled_by(revision)
    page = revision.content_object
    try:
        return in_every_language(lambda: [*not_allowed(page, user), *why_not(revision)])
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        failure = error
        if is_new:
            logger.exception("Revision %s cannot be read.", revision.pk)
        return in_every_language(lambda: reasons_of(failure, page))


def _fingerprint(revision: Revision, reasons: list[Reason]) -> str:
    """Return a hash of what decides whether *revision* can be published."""
    page: Any = revision.content_object
    facts = [
        revision.pk,
        revision.approved_go_live_at,
        page.latest_revision_id,
        page.live_revision_id,
        getattr(page, "path", ""),
        [(one.code, one.text) for one in reasons],
    ]
    return sha256(repr(facts).encode()).hexdigest()


def _record(
    revision: Revision,
    known: RefusedPublication | None,
    reasons: dict[str, list[Reason]],
    seen: str,
) -> None:
    """Store why *revision* was refused; notify each kind of reason once."""
    page = revision.content_object
    refusal = known or RefusedPublication(
        revision=revision, page=page if isinstance(page, Page) else None
    )
    refusal.go_live_at = revision.approved_go_live_at
    if refusal.record(reasons, seen):
        codes = sorted({one.code for one in reasons[settings.LANGUAGE_CODE]})
        logger.warning("%s was refused: %s", revision, ", ".join(codes))
        notify_refused(refusal, scheduled_by(revision))


def _forget(revision: Revision) -> None:
    """Unschedule a revision of a deleted object, on which Wagtail would fail."""
    logger.warning("Revision %s is of something deleted: unscheduled.", revision.pk)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
