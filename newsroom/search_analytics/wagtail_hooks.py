"""URLs of the report, its menu item, and the permission to view it."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from newsroom.search_analytics.views import FrequentQueriesView, UnansweredQueriesView

MENU_ORDER = 600  # before Wagtail's own reports, which begin at 700


class ArchiveSearchMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("insight.view_querycount")


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLResolver]:
    views = {"frequent": FrequentQueriesView, "unanswered": UnansweredQueriesView}
    patterns = []
    for name, view in views.items():
        results = view.as_view(results_only=True)
        patterns += [
            path(f"{name}/", view.as_view(), name=name),
            path(f"{name}/results/", results, name=f"{name}_results"),
        ]
    return [path("reports/archive-search/", include((patterns, "insight")))]


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    return ArchiveSearchMenuItem(
        _("Archive search"),
        reverse("insight:frequent"),
        name="archive-search",
        icon_name="search",
        order=MENU_ORDER,
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="insight", codename="view_querycount"
    )
