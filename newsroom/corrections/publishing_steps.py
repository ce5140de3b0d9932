"""The steps of publication that record versions and show waiting corrections."""

from wagtail.models import Page

from newsroom.articles.models import ArticlePage
from newsroom.articles.publishing import Event, SavedPage, register
from newsroom.corrections.recording import (
    mark_public_below,
    record,
    show_waiting_corrections,
)


def register_steps() -> None:
    register(Event.SAVED, "published_version", record_saved)
    register(Event.PUBLISHED, "waiting_corrections", show_corrections_of_published)
    register(Event.MOVED, "published_version", mark_public_below)
    register(Event.RESTRICTED, "published_version", mark_public_below)


def record_saved(saved: SavedPage) -> None:
    """Record a version if a live article was saved with other content."""
    if isinstance(saved.page, ArticlePage) and saved.page.live:
        record(saved.page)


def show_corrections_of_published(page: Page) -> None:
    """Show waiting corrections when an article becomes live.

    Scheduled pages are not live yet. A translation whose synchronised fields are copied
    (``keeps_text``) still has the text that a waiting correction is about.
    """
    if isinstance(page, ArticlePage) and page.live and not page.keeps_text:
        show_waiting_corrections(page)
