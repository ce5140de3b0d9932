"""Registration of corrections in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import ModelLogEntry, PageLogEntry

from newsroom.corrections.editing import admin_urls, page_buttons

LogEntry = PageLogEntry | ModelLogEntry

hooks.register("register_admin_urls", lambda: [admin_urls()])
hooks.register("register_page_header_buttons", page_buttons)
# Translations are edited on a page of wagtail-localize without the header menu.
hooks.register("register_page_listing_more_buttons", page_buttons)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for action, label, message in (
        ("correction.add", _("Add a correction"), _("A correction was added")),
        ("correction.change", _("Change a correction"), _("A correction was changed")),
        ("correction.delete", _("Delete a correction"), _("A correction was deleted")),
        ("version.withdraw", _("Withdraw a version"), _("A version was withdrawn")),
        ("version.give_back", _("Restore a version"), _("A version was restored")),
    ):
        actions.register_action(f"newsroom.{action}", label, message)
