"""Registration of refused publications in the admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from newsroom.publication.bulk_actions import RefusingPublishBulkAction
from newsroom.publication.page_editor import refuse_publication, show_refusal
from newsroom.publication.panels import NotPublishedPanel, NotTakenDownPanel

# After Wagtail's own action, which this one replaces.
hooks.register("register_bulk_action", RefusingPublishBulkAction, order=10)
hooks.register("before_publish_page", refuse_publication)
# Before wagtail-localize replaces the page editor.
hooks.register("before_edit_page", show_refusal, order=-2)


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend([NotPublishedPanel(), NotTakenDownPanel()])
