"""The URLs of the desk, and its admin menu item."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from newsroom.translation.desk import page_buttons
from newsroom.translation.desk.bulk_views import AssignView, MachineView, SubmitView
from newsroom.translation.desk.changes_view import ChangesView
from newsroom.translation.desk.views import DeskView
from newsroom.translation.editor import views as editor
from newsroom.translation.exchange import views as exchange
from newsroom.translation.exchange.memory import views as memory_files
from newsroom.translation.exchange.terms import views as term_files
from newsroom.translation.manual_edits import views as manual_edits
from newsroom.translation.memory import concordance
from newsroom.translation.permissions import may_see_desk
from newsroom.translation.releases import views as releases

MENU_ORDER = 150  # after Wagtail's tree of pages (100), before pictures (300)


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_desk(request.user)


def desk_urls() -> URLResolver:
    patterns = [
        path("", DeskView.as_view(), name="index"),
        path("results/", DeskView.as_view(results_only=True), name="index_results"),
        path("changes/<int:translation>/", ChangesView.as_view(), name="changes"),
        path("submit/", SubmitView.as_view(), name="submit"),
        path("machine/", MachineView.as_view(), name="machine"),
        path("assign/", AssignView.as_view(), name="assign"),
        *page_buttons.urlpatterns,
        *editor.urlpatterns,
        *concordance.urlpatterns,
        *exchange.urlpatterns,
        *memory_files.urlpatterns,
        *term_files.urlpatterns,
        *manual_edits.urlpatterns,
        *releases.urlpatterns,
    ]
    return path("translation-desk/", include((patterns, "translation_desk")))


def desk_menu_item() -> MenuItem:
    return DeskMenuItem(
        _("Translation desk"),
        reverse_lazy("translation_desk:index"),
        name="translation-desk",
        icon_name="globe",
        order=MENU_ORDER,
    )
