"""Dashboard panels of pages that were not published or unpublished in time."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.permission_policies.pages import PagePermissionPolicy

from newsroom.access.users import User
from newsroom.publication.models import FailedExpiry, RefusedPublication

# What an editor can take in at a glance; the newest come first.
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a panel: title, URL of the page to fix, time and reasons."""

    title: str
    url: str
    moment: Any = None
    reasons: list[str] = field(default_factory=list)


class NotPublishedPanel(Component):
    """Refused scheduled publications of pages that the user may change or publish."""

    name = "not_published"
    order = 90
    template_name = "publication/not_published.html"
    heading = _("Not published at its time")

    def missed(self) -> QuerySet[Any]:
        """Return the failed actions, newest first."""
        return RefusedPublication.objects.standing().order_by("-go_live_at")

    def items(self, user: User) -> list[Item]:
        pages = PagePermissionPolicy().instances_user_has_any_permission_for(
            user, {"change", "publish"}
        )
        missed = self.missed().filter(page__in=pages).select_related("page")
        return [
            Item(
                one.page.specific_deferred.get_admin_display_title(),
                reverse("wagtailadmin_pages:edit", args=[one.page_id]),
                one.moment,
                one.reasons_shown,
            )
            for one in missed[:SHOWN]
        ]

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "heading": self.heading,
            "name": self.name,
            "items": self.items(parent_context["request"].user),
        }


class NotTakenDownPanel(NotPublishedPanel):
    """Pages live past their expiry date that the user may change or publish."""

    name = "not_taken_down"
    order = 91
    heading = _("Not taken down at its time")

    def missed(self) -> QuerySet[Any]:
        return FailedExpiry.objects.standing().order_by("-expire_at")
