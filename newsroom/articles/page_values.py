"""The facet values of an article's page, which names and similar articles share."""

from collections.abc import Iterable

from django.db.models import Q

from newsroom.articles.facets import ENTITY_FACETS
from newsroom.articles.models import ArticlePage
from newsroom.articles.models.names import ArticleNames
from newsroom.articles.page_rows import loaded
from search.index.facet_values import facet_of, pk_of
from search.models import Entry, FacetValue
from search.ranking.similar import ABOUT


def subjects(entry: Entry) -> set[int]:
    """Return the ids of the values of *entry* that say what it is about."""
    return {value_id for value_id in entry.value_ids if facet_of(value_id) in ABOUT}


def values_of_page(article: ArticlePage, names: ArticleNames) -> list[FacetValue]:
    """Return the values that are called *names*, and the subjects of the entry.

    Of an article with loaded rows, both are read by one query, once.
    """
    if article.page_values is None:
        keys = {str(entity.translation_key) for entity in names}
        wanted = Q(facet__in=[one.name for one in ENTITY_FACETS], key__in=keys)
        for entry in loaded(article, "entry") or []:
            wanted |= Q(pk__in=set(map(pk_of, subjects(entry))))
        found = list(FacetValue.objects.filter(wanted).defer("names"))
        if article.page_rows is None:
            return found
        article.page_values = found
    return article.page_values


def by_pk(values: Iterable[FacetValue]) -> dict[int, FacetValue]:
    return {value.pk: value for value in values}
