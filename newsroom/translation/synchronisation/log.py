"""Descriptions of copied fields in a page's history."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from newsroom.translation.synchronisation.labels import field_label

LOG_ACTION = "newsroom.follow_original"


class FollowFormatter(LogFormatter):
    """A formatter of log entries with ``fields``: [old, new] stored values by name."""

    label = gettext_lazy("Follow the original")

    def format_message(self, log_entry: Any) -> str:
        fields = log_entry.data.get("fields", {})
        names = ", ".join(field_label(name) for name in fields)
        return capfirst(
            _("taken over from the original: %(fields)s") % {"fields": names}
        )


def register_log_actions(actions: Any) -> None:
    actions.register_action(LOG_ACTION)(FollowFormatter)
