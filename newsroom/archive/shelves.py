"""The most frequent names of the archive, by facet."""

from dataclasses import dataclass

from newsroom.archive.addresses import list_url, value_url
from newsroom.archive.navigation import NavigationLink
from search.facets import registry
from search.index import facet_names
from search.models import FacetName

# Values shown per facet on the start page; the lists have the others.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Shelf:
    """The most frequent values of a facet; ``all_url`` is the list of all of them."""

    facet: str
    heading: str
    links: list[NavigationLink]
    all_label: str
    all_url: str


def shelves(language: str) -> list[Shelf]:
    """Return the most frequent values in *language*, by facet; two queries."""
    found = facet_names.most_named(registry.named(), language, limit=SHOWN)
    numbers = facet_names.distinct(registry.named(), language)
    return [
        Shelf(
            facet,
            str(registry.get(facet).many),
            [name_link(row) for row in found[facet]],
            str(registry.get(facet).all_of_them) % {"count": numbers.get(facet, 0)},
            list_url(facet),
        )
        for facet in registry.named()
        if facet in found
    ]


def name_link(row: FacetName) -> NavigationLink:
    """Return the link to the articles with the value of *row*."""
    url = value_url(row.facet, row.value_id, row.name, row.locale)
    return NavigationLink(
        row.name, url, row.entries, language=row.value.label_language(row.locale)
    )
