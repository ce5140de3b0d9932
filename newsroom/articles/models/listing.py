"""Pages that list the articles below them, and pagination of article lists."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale
from wagtail_localize.fields import SynchronizedField, TranslatableField

from newsroom.articles.models.localized_page import LocalizedPage
from newsroom.articles.models.names import in_locale
from newsroom.articles.models.title_panel import title_panel

if TYPE_CHECKING:
    from newsroom.articles.models.article import ArticlePage
    from newsroom.articles.querysets import ArticleQuerySet

ARTICLES_PER_PAGE = 20  # about as many as a reader scrolls through


def page_of(
    articles: "ArticleQuerySet", request: HttpRequest, *, locale: Locale
) -> Page:
    """Return the page of *articles* that the request's ``?page=`` selects.

    An invalid page number selects page 1, a number that is too high the last page.
    Datelines are named in *locale*.
    """
    page = Paginator(articles.for_listing(), ARTICLES_PER_PAGE).get_page(
        request.GET.get("page")
    )
    page.object_list = with_datelines(page.object_list, locale)
    return page


def with_datelines(
    articles: Iterable["ArticlePage"], locale: Locale
) -> list["ArticlePage"]:
    """Return *articles* with datelines named in *locale*, in at most one query."""
    articles = list(articles)
    dated = [article for article in articles if article.dateline]
    places = in_locale([article.dateline for article in dated], locale)
    for article, place in zip(dated, places, strict=True):
        article.dateline = place
    return articles


class ListingPage(LocalizedPage):
    """A page with an introduction and a list of the articles below it, newest first."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [
        title_panel(),
        FieldPanel("introduction"),
    ]
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("introduction"),
        TranslatableField("seo_title"),
        TranslatableField("search_description"),
        SynchronizedField("show_in_menus", overridable=False),
    ]

    class Meta:
        abstract = True

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        articles = apps.get_model("articles.ArticlePage").objects.descendant_of(self)
        context["articles"] = page_of(articles, request, locale=self.locale)
        return context
