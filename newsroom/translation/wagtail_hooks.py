"""Registration of the translation desk and the termbase in the admin."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from newsroom.translation import localize_urls
from newsroom.translation.admin_urls import desk_menu_item, desk_urls
from newsroom.translation.desk.page_buttons import page_header_buttons
from newsroom.translation.machine.guard import refuse_in_editor
from newsroom.translation.manual_edits.page_editor import before_edit_page
from newsroom.translation.models import Concept
from newsroom.translation.releases.panels import NotReleasedPanel
from newsroom.translation.synchronisation.log import register_log_actions
from newsroom.translation.synchronisation.page_editor import warn_outdated
from newsroom.translation.termbase.filters import ConceptFilterSet
from newsroom.translation.termbase.views import (
    STATUS_COLUMN,
    TERM_COLUMNS,
    ConceptIndexView,
    ConceptInspectView,
)


class ConceptViewSet(SnippetViewSet):
    model = Concept
    icon = "clipboard-list"
    menu_label = _("Termbase")
    add_to_admin_menu = True
    index_view_class = ConceptIndexView
    filterset_class = ConceptFilterSet
    list_display = [*TERM_COLUMNS, STATUS_COLUMN]
    list_per_page = 50
    copy_view_enabled = False  # a copy would have the same terms
    inspect_view_enabled = True
    inspect_view_class = ConceptInspectView
    inspect_view_fields = ["subject_field", "note"]


register_snippet(ConceptViewSet)
hooks.register("register_admin_urls", lambda: [desk_urls()])
hooks.register("register_admin_urls", lambda: localize_urls.urlpatterns, order=-1)
hooks.register("register_admin_menu_item", desk_menu_item)
hooks.register("register_page_header_buttons", page_header_buttons)
hooks.register("register_log_actions", register_log_actions)
# Run before wagtail-localize replaces the page editor.
hooks.register("before_edit_page", refuse_in_editor, order=-1)
hooks.register("before_edit_page", before_edit_page, order=-1)
hooks.register("before_edit_page", warn_outdated, order=-2)


@hooks.register("register_log_actions")
def register_desk_log_actions(actions: Any) -> None:
    actions.register_action(
        "newsroom.machine.accept_all",
        _("Accept all machine drafts"),
        _("All machine drafts were accepted unread"),
    )
    actions.register_action(
        "newsroom.release.plan", _("Plan a release"), _("A release was planned")
    )
    actions.register_action(
        "newsroom.release.cancel", _("Cancel a release"), _("A release was cancelled")
    )


@hooks.register("construct_homepage_panels")
def add_release_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(NotReleasedPanel())
