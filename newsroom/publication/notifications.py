"""Notifications of failed scheduled publications and expiries."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from newsroom.admin.notifications import send_notification
from newsroom.publication.models import FailedExpiry, Missed, RefusedPublication
from newsroom.publication.signals import publication_refused


def notify_refused(refusal: RefusedPublication, scheduler: int | None) -> None:
    """Notify the account that scheduled the revision of *refusal*, or else its author.

    Users named by other apps are notified too. If the account is not active, all users
    who may publish the page are notified instead.
    """
    page = refusal.page
    if page is None:
        return
    _notify(
        RefusedPublication,
        page,
        scheduler or refusal.revision.user_id,
        subject=lambda title: _("Not published: %(headline)s") % {"headline": title},
        template="publication/refused.txt",
        refusal=refusal,
    )


def notify_not_taken_down(failed: FailedExpiry) -> None:
    """Notify the author of the page's live revision, and users named by other apps.

    If the author is not active, all users who may publish the page are notified
    instead.
    """
    page = failed.page
    revision = page.live_revision or page.get_latest_revision()
    _notify(
        FailedExpiry,
        page,
        revision.user_id if revision else page.owner_id,
        subject=lambda title: _("Not taken down: %(headline)s") % {"headline": title},
        template="publication/not_taken_down.txt",
        failed=failed,
    )


def _notify(
    sender: type[Missed],
    page: Page,
    author: int | None,
    *,
    subject: Callable[[str], str],
    template: str,
    **context: Any,
) -> None:
    """Send the e-mail once to *author* and to each user named by other apps."""
    answers = publication_refused.send(sender=sender, page=page)
    others: list[Any] = [user for _receiver, users in answers for user in users or []]
    editors = list(get_user_model().objects.filter(pk__in=[author], is_active=True))
    if not editors:
        policy = PagePermissionPolicy()
        editors = list(policy.users_with_permission_for_instance("publish", page))
    told: dict[int, Any] = {user.pk: user for user in [*editors, *others]}
    title = page.specific_deferred.get_admin_display_title()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for user in told.values():
        send_notification(
            user,
            lambda: subject(title),
            template,
            {**context, "url": settings.WAGTAILADMIN_BASE_URL + url},
        )
