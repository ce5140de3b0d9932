"""What the search page shows: results, filters, and what helps where they are few."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from search import filters, query
from search.address import MAX_PAGES, ORDERS, Asked
from search.engines import FacetCounts
from search.facets import registry
from search.facets.registry import Shown
from search.filters import Chip, Choice, Filter
from search.hints import Hints, hints_for, missing_words
from search.models import FacetValue
from search.query import And, Query, Word
from search.results import RESULTS_PER_PAGE, Result, Results, find
from search.spelling import corrected, corrections
from search.timeline import Timeline, timeline_of
from search.values import facet_of, key_of

# Values of each facet that an empty search page offers to look into.
BROWSED_VALUES = 8


@dataclass(frozen=True, slots=True)
class Link:
    """A search that may help."""

    text: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A result, and the names of its section and kind."""

    result: Result
    filed_under: list[str]


class _Slice:
    """What a paginator needs of results of which one page is at hand."""

    def __init__(self, results: Results) -> None:
        self.results = results

    def __len__(self) -> int:
        return min(self.results.total, MAX_PAGES * RESULTS_PER_PAGE)

    def __getitem__(self, part: slice) -> list[Result]:
        return self.results.results


@dataclass(frozen=True)
class Found:
    """The page of results that *asked* leads to: the last one, if it is past that."""

    asked: Asked
    results: Results
    page: Page[Result]
    filters: list[Filter]
    chips: list[Chip]
    timeline: Timeline | None = None

    @property
    def is_asked(self) -> bool:
        """Whether there was anything to search for."""
        return bool(self.results.meaning or self.asked.is_filtered)

    @property
    def is_capped(self) -> bool:
        """Whether there are more results than pages, and this is the last of them."""
        is_last = not self.page.has_next()
        return is_last and self.results.total > self.page.paginator.count

    @property
    def hits(self) -> list[Hit]:
        """The results of the page with what they are filed under. One query."""
        numbers = {
            result.entry.pk: [
                number
                for facet in registry.shown_in(Shown.HITS)
                for number in result.entry.value_ids
                if facet_of(number) == facet
            ]
            for result in self.page
        }
        keys = [key_of(one) for some in numbers.values() for one in some]
        values = FacetValue.objects.defer("names").in_bulk(keys)
        return [
            Hit(
                result,
                [
                    values[key_of(number)].label(self.asked.language)
                    for number in numbers[result.entry.pk]
                    if key_of(number) in values
                ],
            )
            for result in self.page
        ]

    @property
    def read_as(self) -> str:
        """How the query was read, where it was not read as the words that it is."""
        read = self.results.query
        nodes = read.tree.nodes if isinstance(read.tree, And) else (read.tree,)
        is_plain = read.tree is None or all(isinstance(node, Word) for node in nodes)
        return "" if is_plain and not read.notes else query.describe(read)

    @property
    def remarks(self) -> list[str]:
        """Sentences on what could not be read as it was perhaps meant."""
        remarks = [note.message() for note in self.results.query.notes]
        for node in self.results.meaning.unnamed:
            facet = registry.find(node.name)
            remarks.append(
                _(
                    "%(facet)s: there is no “%(name)s” in the archive, so it was "
                    "searched as words."
                )
                % {"facet": facet.one if facet else node.name, "name": node.value}
            )
        return list(dict.fromkeys(remarks))

    @property
    def orders(self) -> list[Link]:
        """The orders that the results can be in; without words none is the best."""
        texts = {
            "relevance": _("Best match"),
            "newest": _("Newest"),
            "oldest": _("Oldest"),
        }
        shown = ORDERS if self.results.query.tree else ORDERS[1:]
        return [
            Link(
                texts[order],
                self.asked.address(order="" if order == shown[0] else order, page=1),
                is_current=order == self.asked.order_or_default,
            )
            for order in shown
        ]

    @property
    def did_you_mean(self) -> Link | None:
        """The query with other words in place of such as are rare or unknown."""
        few = self.results.total < RESULTS_PER_PAGE or self.results.is_loose
        if self.asked.page > 1 or not few or not self.results.query:
            return None
        found = corrections(self.results.query, self.asked.locales)
        text = corrected(self.asked.text.strip(), found)
        if not found or text == self.asked.text.strip():
            return None
        return Link(text, self.asked.address(text=text, page=1))

    @cached_property
    def hints(self) -> Hints:
        """What to try instead, where nothing was found."""
        return Hints() if self.results.total else hints_for(self.asked, self._read)

    @property
    def missing(self) -> tuple[str, ...]:
        """The words that stand in no article, where none has all of them."""
        if self.results.total and not self.results.is_loose:
            return ()
        if self.results.total:
            return missing_words(self.asked, self._read)
        return self.hints.missing

    @property
    def side_filters(self) -> list[Filter]:
        """The filters but for those of time, which the timeline shows."""
        return [one for one in self.filters if one.choices and not one.is_dated]

    @property
    def years(self) -> Filter | None:
        """The filter of years, where they are counted one by one."""
        return next((one for one in self.filters if one.facet == "year"), None)

    @property
    def share_url(self) -> str:
        """The address of this search with all of its filters, on its first page."""
        return self.asked.address(page=1)

    @property
    def feed_url(self) -> str:
        """Where the newest of what this search finds can be followed."""
        return self.asked.address("search_feed", order="", page=1)

    @property
    def _read(self) -> Query:
        return self.results.query


def found_page(asked: Asked) -> Found:
    """Find what *asked* leads to."""
    asked = replace(asked, facet="")
    facets = filters.facets_for(asked)
    if "month" not in facets:  # for the timeline, where all is of one year
        facets = (*facets, "month")
    results = _find(asked, facets, filters.FACET_SIZE)
    last = max(1, ceil(results.total / RESULTS_PER_PAGE))
    if asked.page > last:
        asked = replace(asked, page=last)
        results = _find(asked, facets, filters.FACET_SIZE) if results.total else results
    paginator = Paginator(cast(Any, _Slice(results)), RESULTS_PER_PAGE)
    rows = filters.rows_for(asked, results.facets)
    return Found(
        asked=asked,
        results=results,
        page=paginator.get_page(asked.page),
        filters=filters.filters_of(asked, results.facets, results.total, rows),
        chips=filters.chips_of(asked),
        timeline=timeline_of(asked, results.facets, rows),
    )


def whole_facet(asked: Asked) -> Filter:
    """All values of ``asked.facet`` that what is searched for has."""
    results = _find(asked, (asked.facet,), filters.WHOLE_FACET_SIZE)
    counts = results.facets.get(asked.facet, FacetCounts((), 0))
    return filters.whole_filter(asked, counts)


def _find(asked: Asked, facets: tuple[str, ...], size: int) -> Results:
    return find(asked.search(facets=facets, facet_size=size))


def browsed(asked: Asked) -> Iterator[Filter]:
    """The most frequent values of a few facets, for a reader without a question."""
    for facet in registry.shown_in(Shown.BROWSING):
        names = registry.get(facet)
        rows = FacetValue.objects.filter(facet=facet, entries__gt=0).defer("names")
        order = "-key" if names.is_dated else "-entries"
        choices = [
            Choice(
                row.key,
                filters.label_of(row, asked),
                asked.with_keys(facet, [row.key]).address(),
            )
            for row in rows.order_by(order, "pk")[:BROWSED_VALUES]
            if asked.language in row.labels or not row.labels
        ]
        if choices:
            yield Filter(facet, str(names.many), choices, len(choices))
