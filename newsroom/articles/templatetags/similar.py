"""Similar articles, offered at the end of an article."""

from dataclasses import dataclass

from django import template

from newsroom.articles.index_documents import document_id_of
from newsroom.articles.models import ArticlePage
from search.alphabet import alphabetical
from search.index.facet_values import facet_of, pk_of
from search.models import Entry, FacetValue, Name
from search.ranking.similar import ABOUT, more_like

register = template.Library()

# Readers read a short list; search finds more.
SIMILAR = 4
# Common names that are shown: enough to explain the similarity.
SHARED_NAMES = 3


@dataclass(frozen=True, slots=True)
class Similar:
    """An entry that is similar to another, and the names common to both."""

    entry: Entry
    shared: list[Name]


@register.simple_tag
def similar_articles(article: ArticlePage) -> list[Similar]:
    """Return the entries most similar to that of *article*, in its language.

    The list is empty if the article has no entry, for example as a draft or a private
    article.
    """
    entry = Entry.objects.filter(key=document_id_of(article)).first()
    if not article.pk or entry is None:
        return []
    found = more_like(entry, limit=SIMILAR)
    own = {value_id for value_id in entry.value_ids if facet_of(value_id) in ABOUT}
    shared = {other.pk: own.intersection(other.value_ids) for other in found}
    pks = {pk_of(value_id) for value_ids in shared.values() for value_id in value_ids}
    values = FacetValue.objects.defer("names").in_bulk(pks)
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


def _names(values: list[FacetValue], locale: str) -> list[Name]:
    """Return up to `SHARED_NAMES` names of *values*, the rarest first.

    The value with the fewest articles is the most informative. Equally rare names are
    in alphabetical order.
    """
    names = ((value.entries, Name.of(value, locale)) for value in values)
    rarest = sorted(names, key=lambda pair: (pair[0], alphabetical(pair[1].text)))
    return [name for _entries, name in rarest[:SHARED_NAMES]]
