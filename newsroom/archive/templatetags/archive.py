"""Template tags of an article page: links of its names, permalink and citation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from newsroom.archive.addresses import day_url, url_of
from newsroom.archive.citations import bibtex, citation_of, plain, ris
from newsroom.archive.models import Permalink
from newsroom.archive.navigation import NavigationLink
from newsroom.articles.facets import ENTITY_FACETS
from newsroom.articles.models import ArticlePage
from newsroom.articles.models.entities import Entity
from newsroom.articles.models.names import LISTS, ArticleNames
from newsroom.articles.page_rows import loaded
from newsroom.articles.page_values import values_of_page
from newsroom.web.row_batches import Part, key
from search.index.facet_values import local_day
from search.models import FacetValue

register = template.Library()


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in each style, with the URLs of its files.

    ``language`` is the language of the citation.
    """

    language: str
    plain: str
    bibtex: str
    ris: str
    bibtex_url: str
    ris_url: str
    permalink: str


def parts_of_permalink(article: ArticlePage) -> Iterator[Part]:
    """Yield the part of an article's page with its permanent number."""
    where, parameters = "translation_key = %s", (key(article.translation_key),)
    yield Part("permalink", Permalink, where, parameters)


@register.simple_tag
def filed_names(
    page: ArticlePage, names: ArticleNames
) -> dict[str, list[NavigationLink]]:
    """Return links to the archive's pages for each list of *names*, and ``outlet``.

    A name without articles links to a search. One query.
    """
    lists: dict[str, list[Entity]] = {name: getattr(names, name) for name in LISTS}
    lists["outlet"] = [names.outlet] if names.outlet else []
    facets = {name: one.name for one in ENTITY_FACETS for name in one.lists}
    values = {(value.facet, value.key): value for value in values_of_page(page, names)}
    return {
        name: [
            _link(entity, values.get((facets[name], str(entity.translation_key))))
            for entity in entities
        ]
        for name, entities in lists.items()
    }


def _link(entity: Entity, value: FacetValue | None) -> NavigationLink:
    if value is None:
        url = f"{reverse('search')}?{urlencode({'q': entity.name})}"
    else:
        url = url_of(value)
    return NavigationLink(entity.name, url, language=entity.locale.language_code)


@register.simple_tag
def day_address(moment: datetime) -> str:
    """Return the URL of the articles of the day of *moment*."""
    return day_url(local_day(moment))


@register.simple_tag(takes_context=True)
def cited(
    context: dict[str, Any], page: ArticlePage, names: ArticleNames
) -> Cited | None:
    """Return the citation of *page*; None without a number, as in some previews.

    A new page has no number before it is saved.
    """
    links = loaded(page, "permalink")
    if links is None:
        links = list(Permalink.objects.filter(translation_key=page.translation_key))
    link = next(iter(links), None)
    if link is None:
        return None
    absolute = context["request"].build_absolute_uri
    citation = citation_of(page, link.number, absolute, names)
    version = [link.number, citation.language]
    return Cited(
        language=citation.language,
        plain=plain(citation),
        bibtex=bibtex(citation),
        ris=ris(citation).replace("\r\n", "\n"),
        bibtex_url=reverse("cite_bibtex", args=version),
        ris_url=reverse("cite_ris", args=version),
        permalink=absolute(reverse("permalink", args=[link.number])),
    )
