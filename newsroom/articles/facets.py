"""Facets of articles, and the facet values of one article."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.articles.models.entities import Entity, Organisation, Person, Place, Topic
from newsroom.articles.models.names import ArticleNames
from newsroom.localisation.interface import has_own_interface
from search.facets.registry import Facet, Shown, register
from search.index.documents import Value
from search.site_languages import site_languages


@dataclass(frozen=True)
class EntityFacet:
    """A facet whose values are entities of one ``model``.

    ``lists`` are the fields of an article, and of its :class:`ArticleNames`, that hold
    these entities. The first facet of a model is its primary one; others are additional
    roles, for example a person as author.
    """

    facet: Facet
    model: type[Entity]
    lists: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.facet.name

    @property
    def lookups(self) -> tuple[str, ...]:
        """Queryset lookups from an article to the entities."""
        return tuple(_lookup(name) for name in self.lists)

    def entities(self, names: ArticleNames) -> list[Entity]:
        """Return the entities of *names* that are values of this facet."""
        found: list[Entity] = []
        for name in self.lists:
            value = getattr(names, name)
            found += value if isinstance(value, list) else filter(None, [value])
        return found


def _lookup(name: str) -> str:
    """Return the queryset lookup from an article to the entities of field *name*."""
    field = ArticlePage._meta.get_field(name)
    rows = field.related_model
    return f"{name}__{rows.entity_field}" if field.one_to_many else name


SECTION = Facet(
    name="section",
    code=3,
    one=pgettext_lazy("filter", "Section"),
    many=_("Sections"),
    all_of_them=_("All sections (%(count)s)"),
    query_names={
        "en": ("section",),
        "kk": ("айдар", "бөлім"),
        "ru": ("рубрика", "раздел"),
    },
    shown={
        Shown.FILTERS: 10,
        Shown.BROWSING: 10,
        Shown.HITS: 10,
        Shown.SUGGESTIONS: 50,
        Shown.FEED_CATEGORIES: 10,
    },
)
KIND = Facet(
    name="kind",
    code=4,
    one=pgettext_lazy("filter", "Kind"),
    many=_("Kinds"),
    all_of_them=_("All kinds (%(count)s)"),
    query_names={"en": ("kind",), "kk": ("түр", "түрі"), "ru": ("вид",)},
    shown={Shown.FILTERS: 20, Shown.HITS: 20, Shown.FEED_CATEGORIES: 20},
)
ENTITY_FACETS = (
    EntityFacet(
        Facet(
            name="topic",
            code=5,
            one=pgettext_lazy("filter", "Topic"),
            many=_("Topics"),
            all_of_them=_("All topics (%(count)s)"),
            query_names={"en": ("topic",), "kk": ("тақырып",), "ru": ("тема",)},
            shown={
                Shown.FILTERS: 40,
                Shown.BROWSING: 20,
                Shown.TOGETHER: 40,
                Shown.SUGGESTIONS: 40,
                Shown.FEED_CATEGORIES: 30,
            },
        ),
        Topic,
        ("topics",),
    ),
    EntityFacet(
        Facet(
            name="person",
            code=6,
            one=pgettext_lazy("filter", "Person"),
            many=_("People"),
            all_of_them=_("All people (%(count)s)"),
            query_names={
                "en": ("person",),
                "kk": ("тұлға", "адам"),
                "ru": ("человек", "персона"),
            },
            shown={Shown.FILTERS: 50, Shown.TOGETHER: 10, Shown.SUGGESTIONS: 20},
        ),
        Person,
        ("people",),
    ),
    EntityFacet(
        Facet(
            name="place",
            code=7,
            one=pgettext_lazy("filter", "Place"),
            many=_("Places"),
            all_of_them=_("All places (%(count)s)"),
            query_names={"en": ("place",), "kk": ("орын", "жер"), "ru": ("место",)},
            shown={
                Shown.FILTERS: 60,
                Shown.BROWSING: 30,
                Shown.TOGETHER: 30,
                Shown.SUGGESTIONS: 10,
            },
        ),
        Place,
        ("dateline", "places"),
    ),
    EntityFacet(
        Facet(
            name="organisation",
            code=8,
            one=pgettext_lazy("filter", "Organisation"),
            many=_("Organisations"),
            all_of_them=_("All organisations (%(count)s)"),
            query_names={
                "en": ("organisation", "organization"),
                "kk": ("ұйым",),
                "ru": ("организация",),
            },
            shown={Shown.FILTERS: 70, Shown.TOGETHER: 20, Shown.SUGGESTIONS: 30},
        ),
        Organisation,
        ("organisations",),
    ),
    EntityFacet(
        Facet(
            name="source",
            code=9,
            one=pgettext_lazy("filter", "Source"),
            many=_("Sources"),
            all_of_them=_("All sources (%(count)s)"),
            query_names={
                "en": ("source",),
                "kk": ("дереккөз",),
                "ru": ("источник",),
            },
            shown={Shown.FILTERS: 80, Shown.FEED_AUTHORS: 20},
        ),
        Organisation,
        ("outlet",),
    ),
    EntityFacet(
        Facet(
            name="author",
            code=10,
            one=pgettext_lazy("filter", "Author"),
            many=_("Authors"),
            all_of_them=_("All authors (%(count)s)"),
            query_names={"en": ("author",), "kk": ("автор",), "ru": ("автор",)},
            shown={Shown.FILTERS: 90, Shown.FEED_AUTHORS: 10},
        ),
        Person,
        ("authors",),
    ),
)
register(SECTION, KIND, *(one.facet for one in ENTITY_FACETS))


def facets_of(model: type[Entity]) -> list[EntityFacet]:
    """Return the facets whose values are entities of *model*, the primary one first."""
    return [one for one in ENTITY_FACETS if one.model is model]


def entity_models() -> list[type[Entity]]:
    """Return every entity model that is used by a facet, without duplicates."""
    return list(dict.fromkeys(one.model for one in ENTITY_FACETS))


def values_of(article: ArticlePage, names: ArticleNames) -> tuple[Value, ...]:
    """Return the facet values of *article*, whose entities are *names*."""
    by_facet = {one.name: one.entities(names) for one in ENTITY_FACETS}
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
    """Return the names of *entities* by translation key and language.

    Runs one query for each model among the entities.
    """
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
    return (Value(SECTION.name, str(key), labels),) if labels else ()


def section_labels(key: UUID) -> dict[str, str]:
    """Return the titles of a section by language code.

    A draft that has the title of a published version has not been translated yet: it
    has no title of its own.
    """
    rows = SectionPage.objects.filter(translation_key=key).order_by("pk")
    titles = list(rows.values_list("locale__language_code", "title", "live"))
    published = {title for _code, title, is_live in titles if is_live}
    return {
        code: title
        for code, title, is_live in titles
        if is_live or title not in published
    }


def _kind_of(article: ArticlePage) -> Value:
    return Value(KIND.name, article.kind, kind_labels(article.kind))


@lru_cache(maxsize=32)
def kind_labels(kind: str) -> Mapping[str, str]:
    """Return the label of an article kind by language code.

    Languages without a catalogue have none: their readers see that of another language,
    marked as such.
    """
    labels = {}
    for code in site_languages():
        if not has_own_interface(code):
            continue
        with override(code):
            labels[code] = str(ArticlePage.Kind(kind).label)
    return labels
