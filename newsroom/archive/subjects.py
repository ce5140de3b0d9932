"""Who or what a facet value is: what the newsroom knows of it beside its name."""

from dataclasses import dataclass, field
from uuid import UUID

from newsroom.archive.addresses import url_of
from newsroom.archive.navigation import Link
from newsroom.articles.models import Organisation, Person, Place, SectionPage, Topic
from newsroom.articles.models.entities import Entity
from search.facet_names import FACET_NAMES
from search.models import FacetValue

MODELS: dict[str, type[Entity]] = {
    "topic": Topic,
    "person": Person,
    "author": Person,
    "place": Place,
    "organisation": Organisation,
    "source": Organisation,
}
# The same person writes and is written about; an outlet is an organisation.
OTHER_ROLES = {
    "person": "author",
    "author": "person",
    "organisation": "source",
    "source": "organisation",
}


@dataclass(frozen=True, slots=True)
class OtherName:
    """What it is called in another language."""

    language: str
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """``description`` says who it is in the reader's language, if the newsroom has
    written that down; ``roles`` lead to the articles in which it has another part."""

    description: str = ""
    website: str = ""
    page_url: str = ""
    other_names: list[OtherName] = field(default_factory=list)
    roles: list[Link] = field(default_factory=list)


def subject_of(value: FacetValue, language: str) -> Subject:
    """What is known of *value*, for a reader of *language*. Two queries at most."""
    if value.facet == "section":
        return Subject(page_url=_section_url(value.key, language))
    model = MODELS.get(value.facet)
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
        website=getattr(shown, "website", ""),
        other_names=[
            OtherName(row.locale.language_code, row.name)
            for row in rows
            if row is not shown and row.name != value.label(language)
        ],
        roles=_roles(value, language),
    )


def _description(entity: Entity | None) -> str:
    if isinstance(entity, Person):
        return entity.post
    return entity.abbreviation if isinstance(entity, Organisation) else ""


def _roles(value: FacetValue, language: str) -> list[Link]:
    other = OTHER_ROLES.get(value.facet, "")
    rows = FacetValue.objects.filter(facet=other, key=value.key, entries__gt=0)
    return [
        Link(str(FACET_NAMES[row.facet].one), url_of(row, language))
        for row in (rows if other else ())
    ]


def _section_url(key: str, language: str) -> str:
    pages = SectionPage.objects.live().public().filter(translation_key=UUID(key))
    page = pages.filter(locale__language_code=language).first()
    return page.url if page else ""
