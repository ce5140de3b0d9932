"""Telling people that a scheduled publication was refused."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from newsroom.operations.letters import send_letter
from newsroom.publication.models import RefusedPublication
from newsroom.publication.signals import publication_refused


def notify_refused(refusal: RefusedPublication, scheduler: int | None) -> None:
    """Tell whoever scheduled the revision of *refusal*, or else wrote it, and those
    whom other apps name; where none of them is active, all who may publish the page."""
    page = refusal.page
    if page is None:
        return
    answers = publication_refused.send(sender=RefusedPublication, page=page)
    others: list[Any] = [user for _receiver, users in answers for user in users or []]
    keys = [scheduler or refusal.revision.user_id]
    editors = list(get_user_model().objects.filter(pk__in=keys, is_active=True))
    if not editors:
        policy = PagePermissionPolicy()
        editors = list(policy.users_with_permission_for_instance("publish", page))
    told: dict[int, Any] = {user.pk: user for user in [*editors, *others]}
    title = page.get_admin_display_title()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for user in told.values():
        send_letter(
            user,
            lambda: _("Not published: %(headline)s") % {"headline": title},
            "publication/refused.txt",
            {"refusal": refusal, "url": settings.WAGTAILADMIN_BASE_URL + url},
        )
