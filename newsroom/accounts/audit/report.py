"""The audit report: all logs of the site, for administrators."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports.audit_logging import (
    LogEntriesView,
    SiteHistoryReportFilterSet,
    get_users_for_filter,
)

from newsroom.access.permissions import may_audit
from newsroom.access.users import User


class AuditFilterSet(SiteHistoryReportFilterSet):
    address = django_filters.CharFilter(
        label=_("Address"), field_name="data__address", lookup_expr="icontains"
    )

    def get_users_queryset(self) -> QuerySet[User]:
        """Return the users of all logs; Wagtail offers those of the first log only."""
        return get_users_for_filter(self.request.user)


class AuditView(LogEntriesView):
    """Wagtail's site history with the client of each entry.

    Only administrators see it: it shows addresses and browsers of colleagues.
    """

    page_title = _("Audit")
    header_icon = "key"
    results_template_name = "accounts/audit_results.html"
    filterset_class = AuditFilterSet
    index_url_name = "accounts:audit"
    index_results_url_name = "accounts:audit_results"
    list_export = [
        "timestamp",
        "action",
        "message",
        "user_display_name",
        "label",
        "content_type",
        "object_id",
        "data.address",
        "data.agent",
        "data.request_id",
        "data",
    ]
    export_headings = {
        **LogEntriesView.export_headings,
        "message": _("Details"),
        "data.address": _("Address"),
        "data.agent": _("Browser"),
        "data.request_id": _("Request"),
        "data": _("Values"),
    }

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not may_audit(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Return the cells of an entry; values that it does not have are empty."""
        data = item.data or {}
        item.data = {"address": "", "agent": "", "request_id": "", **data}
        row = super().to_row_dict(item)
        row["data"] = str(data)
        return row
