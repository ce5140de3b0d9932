"""Registration of the page about a restored site, and of its log actions."""

from typing import Any

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from newsroom.backup.views import urlpatterns


@hooks.register("register_admin_urls")
def register_backup_urls() -> list[URLResolver]:
    return [path("restored/", include((urlpatterns, "backup")))]


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action(
        "newsroom.resume",
        _("Resume after a restore"),
        _("Resumed after a restore; what fell due is done"),
    )
    actions.register_action(
        "newsroom.resume_dropped",
        _("Resume after a restore and cancel what fell due"),
        _("Resumed after a restore; what fell due is cancelled"),
    )
