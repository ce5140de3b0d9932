"""Pages whose time of publication or expiry has come."""

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision


def due_revisions() -> "QuerySet[Revision]":
    """Return the scheduled revisions whose time has come."""
    return Revision.objects.filter(approved_go_live_at__lte=timezone.now())


def expired_pages() -> "QuerySet[Page]":
    """Return the live pages whose expiry date has passed."""
    return Page.objects.filter(live=True, expire_at__lte=timezone.now())
