"""What was not published or taken down, on the first page of the admin."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.permission_policies.pages import PagePermissionPolicy

from newsroom.publication.models import FailedExpiry, RefusedPublication

# What an editor takes in at a glance; the newest come first.
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Item:
    """Something that was not published or taken down: its title, where to see to it,
    and why."""

    title: str
    url: str
    moment: Any = None
    reasons: list[str] = field(default_factory=list)


class NotPublishedPanel(Component):
    """Scheduled publications that were refused, of pages that the user may publish."""

    name = "not_published"
    order = 90
    template_name = "publication/not_published.html"
    heading = _("Not published at its time")

    def items(self, user: Any) -> list[Item]:
        pages = PagePermissionPolicy().instances_user_has_any_permission_for(
            user, {"change", "publish"}
        )
        refused = RefusedPublication.objects.standing().filter(page__in=pages)
        return [
            Item(
                refusal.page.specific_deferred.get_admin_display_title(),
                reverse("wagtailadmin_pages:edit", args=[refusal.page_id]),
                refusal.go_live_at,
                refusal.reasons_shown,
            )
            for refusal in refused.select_related("page").order_by("-go_live_at")[
                :SHOWN
            ]
        ]

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "heading": self.heading,
            "name": self.name,
            "items": self.items(parent_context["request"].user),
        }


class NotTakenDownPanel(NotPublishedPanel):
    """Pages that are live past their expiry date, which the user may publish."""

    name = "not_taken_down"
    order = 91
    heading = _("Not taken down at its time")

    def items(self, user: Any) -> list[Item]:
        pages = PagePermissionPolicy().instances_user_has_any_permission_for(
            user, {"change", "publish"}
        )
        failed = FailedExpiry.objects.standing().filter(page__in=pages)
        return [
            Item(
                one.page.specific_deferred.get_admin_display_title(),
                reverse("wagtailadmin_pages:edit", args=[one.page_id]),
                one.expire_at,
                one.reasons_shown,
            )
            for one in failed.select_related("page").order_by("-expire_at")[:SHOWN]
        ]
