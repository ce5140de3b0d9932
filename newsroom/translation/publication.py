"""The veto on publications of a translation, for every code path that publishes."""

from typing import Any

from newsroom.articles.models import ArticlePage
from newsroom.articles.refusals import Reason
from newsroom.translation.machine.guard import is_unread, needs_work
from newsroom.translation.manual_edits.guard import would_be_lost

# Each function returns the reason why a page must not be published now, or "".
REASONS = {
    "machine": is_unread,
    "unfinished": needs_work,
    "manual_edits": would_be_lost,
}


def translation_veto(page: Any) -> list[Reason]:
    """Return the reasons against publishing *page*.

    The reasons are unread machine drafts, unfinished texts and undecided manual edits.
    """
    if not isinstance(page, ArticlePage):
        return []
    found = [Reason(code, reason(page)) for code, reason in REASONS.items()]
    return [reason for reason in found if reason.text]
