"""The steps of publication that keep the search index, files and pictures up to date.

Search entries, records of files and tasks are rows of the database, so they are
committed or rolled back together with the page.
"""

from wagtail.models import Page

from newsroom.articles.index_documents import (
    document_id_of,
    rename_section,
    synchronise,
)
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.articles.pictures import make_pictures_later
from newsroom.articles.publishing import Event, SavedPage, register
from newsroom.articles.refusals import PublicationRefused, objections
from newsroom.files.uses import queue_below, record_page
from search.index import entries


def register_steps() -> None:
    register(Event.PUBLISHING, "vetoes", refuse)
    register(Event.SAVED, "search_index", index_saved)
    register(Event.SAVED, "files", record_files)
    register(Event.PUBLISHED, "pictures", make_pictures)
    register(Event.MOVED, "search_index", index_below)
    register(Event.MOVED, "files", queue_below)
    register(Event.RESTRICTED, "search_index", index_below)
    register(Event.RESTRICTED, "files", queue_below)
    register(Event.DELETED, "search_index", remove_from_index)


def refuse(page: ArticlePage) -> None:
    """Raise PublicationRefused if a veto objects to the publication of *page*."""
    if reasons := objections(page):
        raise PublicationRefused(reasons)


def index_saved(saved: SavedPage) -> None:
    """Synchronise the entry of an article, and those below a page with a new URL."""
    page = saved.page
    if isinstance(page, SectionPage):
        rename_section(page)
    if saved.url_changed:
        index_below(page)
    elif isinstance(page, ArticlePage):
        synchronise([page])


def index_below(page: Page) -> None:
    """Synchronise the entries of all articles from *page* down."""
    fresh = Page.objects.get(pk=page.pk)  # its path and URL may have changed
    synchronise(ArticlePage.objects.descendant_of(fresh, inclusive=True))


def record_files(saved: SavedPage) -> None:
    record_page(saved.page)


def make_pictures(page: Page) -> None:
    """Schedule the missing renditions of a published article."""
    if isinstance(page, ArticlePage):
        make_pictures_later(page)


def remove_from_index(page: ArticlePage) -> None:
    entries.remove([document_id_of(page)])
