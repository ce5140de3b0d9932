"""Similar articles, offered at the end of an article."""

from dataclasses import dataclass

from django import template

from newsroom.articles.index_documents import key_of as key_of_article
from newsroom.articles.models import ArticlePage
from search.alphabet import alphabetical
from search.index.facet_values import facet_of, key_of
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
    entry = Entry.objects.filter(key=key_of_article(article)).first()
    if not article.pk or entry is None:
        return []
    found = more_like(entry, limit=SIMILAR)
    own = {number for number in entry.value_ids if facet_of(number) in ABOUT}
    shared = {other.pk: own.intersection(other.value_ids) for other in found}
    keys = {key_of(number) for numbers in shared.values() for number in numbers}
    values = FacetValue.objects.defer("names").in_bulk(keys)
    return [
        Similar(
            other,
            _names(
                [values[key_of(n)] for n in shared[other.pk] if key_of(n) in values],
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
