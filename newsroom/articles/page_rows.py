"""The rows of other tables that an article's page shows, read by one query.

Apps register the parts that their template tags need. The tags ask :func:`loaded`
first: an article that was not found by its URL (a draft in the preview, an earlier
version) has no loaded rows, and the tags query the database.
"""

from collections.abc import Callable, Iterable
from typing import Any

from newsroom.articles.models import ArticlePage
from newsroom.articles.site_state import SiteState
from newsroom.web.row_batches import Batch, Part

_sources: list[Callable[[ArticlePage], Iterable[Part]]] = []


def register(source: Callable[[ArticlePage], Iterable[Part]]) -> None:
    """Add parts to the query: *source* returns those of an article."""
    _sources.append(source)


def load(article: ArticlePage, state: SiteState) -> None:
    """Read the rows that the page of *article* shows. One query."""
    article.page_rows = Batch(part for source in _sources for part in source(article))
    article.site_state = state


def loaded(article: Any, label: str) -> list[Any] | None:
    """Return the rows of the part *label*; None if the article's are not loaded."""
    rows = getattr(article, "page_rows", None)
    return None if rows is None else rows.rows(label)
