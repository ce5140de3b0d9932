"""The articles of search entries as lists, and pages of such lists."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Locale

from newsroom.articles.index_documents import page_pk
from newsroom.articles.models import ArticlePage
from newsroom.articles.models.listing import ARTICLES_PER_PAGE, with_datelines
from search.models import Entry


def articles_of(entries: Iterable[Entry]) -> list[ArticlePage]:
    """Return the articles of *entries*, in order, with the data that a list shows.

    Readers see pages, not index entries: pages that they may not read are left out.
    """
    entries = list(entries)
    pks = [page_pk(entry) for entry in entries]
    pages = {
        page.pk: page for page in ArticlePage.objects.filter(pk__in=pks).for_listing()
    }
    found = [pages[pk] for pk in pks if pk in pages]
    locale = Locale.objects.filter(language_code=entries[0].locale) if entries else []
    return with_datelines(found, locale[0]) if found else []


def page_of_entries(entries: QuerySet[Entry], request: HttpRequest) -> Page:
    """Return the page of *entries* selected by the request's ``?page=``.

    Its objects are articles.
    """
    page = Paginator(entries, ARTICLES_PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = articles_of(page.object_list)
    return page


class Slice(Sequence[ArticlePage]):
    """A sequence for the paginator, of which only one page is loaded."""

    def __init__(self, articles: list[ArticlePage], total: int) -> None:
        self.articles = articles
        self.total = total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, part: Any) -> Any:
        return self.articles


def page_at_hand(articles: list[ArticlePage], number: int, total: int) -> Page:
    """Return page *number* of *total* articles; *articles* are those of the page."""
    paginator = Paginator(cast(Any, Slice(articles, total)), ARTICLES_PER_PAGE)
    return paginator.get_page(number)
