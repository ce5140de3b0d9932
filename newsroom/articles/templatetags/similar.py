"""Similar articles, offered at the end of an article."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html

from newsroom.articles.index_documents import document_id_of
from newsroom.articles.models import ArticlePage
from newsroom.articles.models.names import ArticleNames
from newsroom.articles.page_rows import loaded
from newsroom.articles.page_values import by_pk, subjects, values_of_page
from search.alphabet import alphabetical
from search.index.facet_values import pk_of
from search.models import Entry, FacetValue, Name
from search.ranking.similar import more_like

register = template.Library()

# Readers read a short list; search finds more.
SIMILAR = 4
# Common names that are shown: enough to explain the similarity.
SHARED_NAMES = 3
TEMPLATE = "articles/similar.html"


@dataclass(frozen=True, slots=True)
class Similar:
    """An entry that is similar to another, and the names common to both."""

    entry: Entry
    shared: list[Name]


@register.simple_tag
def similar_articles(article: ArticlePage, names: ArticleNames) -> list[Similar]:
    """Return the entries most similar to that of *article*, in its language.

    The list is empty if the article has no entry, for example as a draft or a private
    article.
    """
    entries = loaded(article, "entry")
    if entries is None:
        entries = list(Entry.objects.filter(key=document_id_of(article)))
    entry = next(iter(entries), None)
    if not article.pk or entry is None:
        return []
    own = subjects(entry)
    values = by_pk(values_of_page(article, names))
    if not values.keys() >= set(map(pk_of, own)):
        values = FacetValue.objects.defer("names").in_bulk(map(pk_of, own))
    found = more_like(entry, limit=SIMILAR, values=values)
    shared = {other.pk: own.intersection(other.value_ids) for other in found}
    return [
        Similar(
            other,
            _names(
                [values[pk_of(n)] for n in shared[other.pk] if pk_of(n) in values],
                entry.locale,
            ),
        )
        for other in found
    ]


@register.simple_tag(takes_context=True)
def similar_list(
    context: dict[str, Any], article: ArticlePage, names: ArticleNames
) -> str:
    """Return the list of similar articles, or "" if there are none.

    In a page that is rendered to be kept, return what stands for the list.
    """
    place: str | None = getattr(context.get("request"), "similar_place", None)
    if place is not None:
        return format_html("<!-- {} -->", place)
    similar = similar_articles(article, names)
    return render_to_string(TEMPLATE, {"similar": similar}) if similar else ""


def _names(values: list[FacetValue], locale: str) -> list[Name]:
    """Return up to `SHARED_NAMES` names of *values*, the rarest first.

    The value with the fewest articles is the most informative. Equally rare names are
    in alphabetical order.
    """
    names = ((value.entries, Name.of(value, locale)) for value in values)
    rarest = sorted(names, key=lambda pair: (pair[0], alphabetical(pair[1].text)))
    return [name for _entries, name in rarest[:SHARED_NAMES]]
