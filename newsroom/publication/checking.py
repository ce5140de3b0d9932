"""Checks whether a revision could be published, without publishing it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.models import Page, PageLogEntry, Revision

from newsroom.access.permissions import may_publish
from newsroom.articles.refusals import Reason, invalid, objections


def why_not(revision: Revision) -> list[Reason]:
    """Return why *revision* cannot be made live, in the active language."""
    page = revision.as_object()
    page.live, page.live_revision = True, revision
    return [*objections(page), *invalid(page)]


def scheduled_by(revision: Revision) -> int | None:
    """Return the primary key of the account that scheduled *revision*.

    The account may have been deleted since. None if code scheduled the revision.
    """
    entries = PageLogEntry.objects.filter(
        action="wagtail.publish.schedule", revision=revision
    )
    return entries.order_by("-timestamp", "-pk").values_list("user", flat=True).first()


def not_allowed(page: Any, user: int | None) -> list[Reason]:
    """Return why the account *user* may no longer publish *page*, which it scheduled.

    *user* is a primary key; None means that code scheduled the page, which is allowed.
    """
    if user is None or not isinstance(page, Page):
        return []
    account = get_user_model().objects.filter(pk=user).first()
    if account is None:
        text = _("The account that planned it has been deleted.")
        return [Reason("permission:deleted", text)]
    name = {"user": account.get_username()}
    if not account.is_active:
        text = _("The account that planned it is not active: %(user)s.") % name
        return [Reason("permission:inactive", text)]
    if not may_publish(account, page):
        text = _("%(user)s, who planned it, may not publish it.") % name
        return [Reason("permission", text)]
    return []
