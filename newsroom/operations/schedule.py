"""Publishing what is due."""

import logging

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from newsroom.articles.creation import remove_old_creations
from newsroom.bin.restoring import empty_old

logger = logging.getLogger(__name__)


def publish_due() -> None:
    """Publish and take down what is due, releases too.

    Wagtail's own command stops at the first page that cannot be published, and would
    stop there every minute: each page has its turn here before.
    """
    unpublish_expired()
    remove_old_creations()
    empty_old()
    due = Revision.objects.filter(approved_go_live_at__lte=timezone.now())
    for revision in due.order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except Exception:
            logger.exception("%s could not be published at its time.", revision)
    call_command("publish_releases", verbosity=0)
    call_command("publish_scheduled", verbosity=0)


def unpublish_expired() -> None:
    """Unpublish every live page whose expiry date has passed, each by itself."""
    expired = Page.objects.live().filter(expire_at__lte=timezone.now())
    for page in expired.order_by("expire_at").specific():
        try:
            with transaction.atomic():
                page.unpublish(
                    set_expired=True, log_action="wagtail.unpublish.scheduled"
                )
        except Exception:
            logger.exception("%s could not be unpublished at its time.", page)
