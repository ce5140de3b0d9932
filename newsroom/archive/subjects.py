"""The entity of a facet value: the newsroom's data about it."""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import pgettext

from newsroom.archive.addresses import url_of
from newsroom.archive.navigation import NavigationLink
from newsroom.articles.facets import ENTITY_FACETS, SECTION, facets_of
from newsroom.articles.models import Organisation, Person, Place, SectionPage
from newsroom.articles.models.entities import Entity
from newsroom.articles.querysets import public_versions
from newsroom.gazetteer import places
from search.facets import registry
from search.models import FacetValue


@dataclass(frozen=True, slots=True)
class OtherName:
    """The entity's name in another language."""

    language: str
    name: str


@dataclass(frozen=True, slots=True)
class FormerName:
    """A former name of a place, and its years in words, "" if they are unknown."""

    language: str
    name: str
    years: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Data about an entity.

    ``description`` is in ``language``: that of the reader, if there is one in it.
    ``roles`` link to the articles in which the entity has another role. ``name_today``
    is set for a place that the archive has under a former name.
    """

    description: str = ""
    language: str = ""
    website: str = ""
    page_url: str = ""
    other_names: list[OtherName] = field(default_factory=list)
    roles: list[NavigationLink] = field(default_factory=list)
    name_today: OtherName | None = None
    former_names: list[FormerName] = field(default_factory=list)


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
    place = _place(rows) if model is Place else None
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
        name_today=_name_today(place, rows, language) if place else None,
        former_names=_former_names(place, value.label(language), language),
    )


def _place(rows: list[Entity]) -> places.Place | None:
    """Return the place of the gazetteer that has one of the names in *rows*."""
    return places.place_named((row.locale.language_code, row.name) for row in rows)


def _name_today(
    place: places.Place, rows: list[Entity], language: str
) -> OtherName | None:
    """Return the name of today, or None if one of *rows* is that name already."""
    today = {name for names in place.today.spellings.values() for name in names}
    if any(places.plain(row.name) in map(places.plain, today) for row in rows):
        return None
    return OtherName(*_spelling(place.today, language))


def _former_names(
    place: places.Place | None, title: str, language: str
) -> list[FormerName]:
    """Return the names that *place* had in *language*, the earliest first.

    A language that the gazetteer does not have gets the English ones.
    """
    shown = language if language in places.LANGUAGES else "en"
    return [
        FormerName(*_spelling(name, shown), _years(name))
        for name in (place.former if place else [])
        if shown in name.spellings
        and places.plain(name.spellings[shown][0]) != places.plain(title)
    ]


def _years(name: places.PlaceName) -> str:
    if name.first_year and name.last_year:
        return f"{name.first_year}–{name.last_year}"
    if name.last_year:
        return pgettext("former name", "until %(year)d") % {"year": name.last_year}
    return ""


def _spelling(name: places.PlaceName, language: str) -> tuple[str, str]:
    """Return (language, name) in *language*, in English if there is none."""
    shown = language if language in name.spellings else "en"
    return shown, name.spellings[shown][0]


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
