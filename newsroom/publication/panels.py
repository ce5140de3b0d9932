"""Show what was not published or taken down on the first page of the admin."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
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

    def missed(self) -> QuerySet[Any]:
        """Return what was missed, the newest first."""
        return RefusedPublication.objects.standing().order_by("-go_live_at")

    def items(self, user: Any) -> list[Item]:
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
    """Pages that are live past their expiry date, which the user may publish."""

    name = "not_taken_down"
    order = 91
    heading = _("Not taken down at its time")

    def missed(self) -> QuerySet[Any]:
        return FailedExpiry.objects.standing().order_by("-expire_at")
