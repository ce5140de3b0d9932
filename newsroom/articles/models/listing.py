"""Lists of articles, cut into pages."""

from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from wagtail.models import Locale

from newsroom.articles.models.names import in_locale

if TYPE_CHECKING:
    from newsroom.articles.querysets import ArticleQuerySet

ARTICLES_PER_PAGE = 20  # what a reader scrolls through before wanting a next page


def page_of(
    articles: "ArticleQuerySet", request: HttpRequest, *, locale: Locale
) -> Page:
    """Return the page of *articles* that the request's ``?page=`` names.

    What is not a page number is page 1, and what is too high the last page. The
    articles' datelines are named in *locale*.
    """
    page = Paginator(articles.for_listing(), ARTICLES_PER_PAGE).get_page(
        request.GET.get("page")
    )
    page.object_list = list(page.object_list)
    dated = [article for article in page.object_list if article.dateline]
    places = in_locale([article.dateline for article in dated], locale)
    for article, place in zip(dated, places, strict=True):
        article.dateline = place
    return page
