"""The entity of a facet value: the newsroom's data about it."""

from dataclasses import dataclass, field
from uuid import UUID

from newsroom.archive.addresses import url_of
from newsroom.archive.navigation import NavigationLink
from newsroom.articles.facets import ENTITY_FACETS, SECTION, facets_of
from newsroom.articles.models import Organisation, Person, SectionPage
from newsroom.articles.models.entities import Entity
from newsroom.articles.querysets import public_versions
from search.facets import registry
from search.models import FacetValue


@dataclass(frozen=True, slots=True)
class OtherName:
    """The entity's name in another language."""

    language: str
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Data about an entity.

    ``description`` is in ``language``: that of the reader, if there is one in it.
    ``roles`` link to the articles in which the entity has another role.
    """

    description: str = ""
    language: str = ""
    website: str = ""
    page_url: str = ""
    other_names: list[OtherName] = field(default_factory=list)
    roles: list[NavigationLink] = field(default_factory=list)


def subject_of(value: FacetValue, language: str) -> Subject:
    """Return the data about *value* for readers of *language*; two queries at most."""
    if value.facet == SECTION.name:
        return Subject(page_url=_section_url(value.key, language))
    model = next((one.model for one in ENTITY_FACETS if one.name == value.facet), None)
    if model is None:
        return Subject()
    rows = list(
        model._default_manager.filter(translation_key=UUID(value.key))
        .select_related("locale")
        .order_by("pk")
    )
    own = [row for row in rows if row.locale.language_code == language]
    shown = (own or rows or [None])[0]
    return Subject(
        description=_description(shown),
        language=shown.locale.language_code if shown else "",
        website=getattr(shown, "website", ""),
        other_names=[
            OtherName(row.locale.language_code, row.name)
            for row in rows
            if row is not shown and row.name != value.label(language)
        ],
        roles=_roles(value, model, language),
    )


def _description(entity: Entity | None) -> str:
    if isinstance(entity, Person):
        return entity.post
    return entity.abbreviation if isinstance(entity, Organisation) else ""


def _roles(
    value: FacetValue, model: type[Entity], language: str
) -> list[NavigationLink]:
    """Return links to the same entity in other facets, for example as an author."""
    others = [one.name for one in facets_of(model) if one.name != value.facet]
    rows = FacetValue.objects.filter(facet__in=others, key=value.key, entries__gt=0)
    return [
        NavigationLink(str(registry.get(row.facet).one), url_of(row, language))
        for row in rows.order_by("pk")
    ]


def _section_url(key: str, language: str) -> str:
    pages = public_versions(UUID(key), SectionPage)
    page = pages.filter(locale__language_code=language).first()
    return page.url if page else ""
