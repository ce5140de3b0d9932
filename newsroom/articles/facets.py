"""What readers can filter articles by, as the search knows it."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.utils.translation import override

from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.articles.models.entities import Entity, Organisation, Person, Place, Topic
from newsroom.articles.models.names import ArticleNames
from search.records import Value

# The facet under which each kind of entity is a filter of its own.
ENTITY_FACETS: dict[type[Entity], str] = {
    Topic: "topic",
    Person: "person",
    Place: "place",
    Organisation: "organisation",
}


def values_of(article: ArticlePage, names: ArticleNames) -> tuple[Value, ...]:
    """Return the facet values of *article*, whose entities are *names*."""
    by_facet: dict[str, list[Entity]] = {
        "topic": [*names.topics],
        "person": [*names.people],
        "place": [place for place in (names.dateline, *names.places) if place],
        "organisation": [*names.organisations],
        "source": [names.outlet] if names.outlet else [],
        "author": [*names.authors],
    }
    labels = labels_of(entity for found in by_facet.values() for entity in found)
    values = {
        (facet, entity.translation_key): Value(
            facet, str(entity.translation_key), labels[entity.translation_key]
        )
        for facet, found in by_facet.items()
        for entity in found
    }
    return (*_section_of(article), _kind_of(article), *values.values())


def labels_of(entities: Iterable[Entity]) -> dict[UUID, dict[str, str]]:
    """Return the names of *entities* in every language, by translation key. One query
    for each model among them."""
    wanted: dict[type[Entity], set[UUID]] = {}
    for entity in entities:
        wanted.setdefault(type(entity), set()).add(entity.translation_key)
    labels: dict[UUID, dict[str, str]] = {}
    for model, keys in wanted.items():
        rows = model.objects.filter(translation_key__in=keys).values_list(
            "translation_key", "locale__language_code", "name"
        )
        for key, locale, name in rows:
            labels.setdefault(key, {})[locale] = name
    return labels


def _section_of(article: ArticlePage) -> tuple[Value, ...]:
    section = article.get_parent()
    key = section.translation_key if section else None
    labels = section_labels(key) if key else {}
    return (Value("section", str(key), labels),) if labels else ()


def section_labels(key: UUID) -> dict[str, str]:
    """The titles of a section by language."""
    rows = SectionPage.objects.filter(translation_key=key).order_by("pk")
    return dict(rows.values_list("locale__language_code", "title"))


def _kind_of(article: ArticlePage) -> Value:
    return Value("kind", article.kind, kind_labels(article.kind))


@lru_cache(maxsize=32)
def kind_labels(kind: str) -> Mapping[str, str]:
    """The name of a kind of article in every language of the site."""
    labels = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            labels[code] = str(ArticlePage.Kind(kind).label)
    return labels
