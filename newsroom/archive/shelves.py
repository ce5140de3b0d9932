"""What the archive is browsed by beside time: who and what is named most."""

from dataclasses import dataclass

from newsroom.archive.addresses import list_url, value_url
from newsroom.archive.navigation import Link
from search import value_names
from search.facet_names import FACET_NAMES
from search.models import ValueName
from search.value_names import NAMED_FACETS

# So many of each are shown where the archive begins; lists have the others.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Shelf:
    """The most frequent values of a facet. ``all_url`` leads to all of them, where
    there are more."""

    facet: str
    heading: str
    links: list[Link]
    all_label: str
    all_url: str


def shelves(language: str) -> list[Shelf]:
    """What most articles in *language* are filed under, facet by facet. Two queries."""
    found = value_names.most_named(NAMED_FACETS, language, limit=SHOWN)
    numbers = value_names.distinct(NAMED_FACETS, language)
    return [
        Shelf(
            facet,
            str(FACET_NAMES[facet].many),
            [name_link(row) for row in found[facet]],
            str(FACET_NAMES[facet].all_of_them) % {"count": numbers.get(facet, 0)},
            list_url(facet),
        )
        for facet in NAMED_FACETS
        if facet in found
    ]


def name_link(row: ValueName) -> Link:
    """Leads to what is filed under *row*."""
    url = value_url(row.facet, row.value_id, row.name, row.locale)
    return Link(row.name, url, row.entries)
