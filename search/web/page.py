"""The content of the search page: results, filters, and suggestions for few results."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from math import ceil
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import query
from search.engines import FacetCounts
from search.facets import registry
from search.facets.registry import Shown
from search.index.facet_names import most_named
from search.index.facet_values import facet_of
from search.languages import other_words
from search.languages.kazakh.scripts import convert
from search.models import FacetValue, Name
from search.query import And, Query, Word
from search.ranking.spelling import corrected, corrections
from search.results.dates import years as years_with_entries
from search.results.languages import searched_languages
from search.results.result import Result
from search.results.search import RESULTS_PER_PAGE, Results, find
from search.web import filters
from search.web.dates import OfferedDate, names_any_year, offered_dates
from search.web.filters import Chip, Filter, FilterChoice
from search.web.params import MAX_PAGES, ORDERS, SearchRequest
from search.web.timeline import Timeline, timeline_of
from search.web.zero_results import ZeroResults, missing_words, zero_results_for

# Other names of what was typed that are listed above the results.
LISTED_NAMES = 8
# Values of each facet that an empty search page offers for browsing.
BROWSED_VALUES = 8


@dataclass(frozen=True, slots=True)
class SearchLink:
    """A link to another search or order."""

    text: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class OtherName:
    """A word or name that is searched besides those typed."""

    text: str
    locale: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A result with the names of the facet values shown above it."""

    result: Result
    filed_under: list[Name]


class _Slice:
    """The results of one page, in the form that a paginator needs."""

    def __init__(self, results: Results) -> None:
        self.results = results

    def __len__(self) -> int:
        return min(self.results.total, MAX_PAGES * RESULTS_PER_PAGE)

    def __getitem__(self, part: slice) -> list[Result]:
        return self.results.results


@dataclass(frozen=True)
class ResultsPage:
    """The page of results for *asked*; the last page if the page number is past it."""

    asked: SearchRequest
    results: Results
    page: Page[Result]
    filters: list[Filter]
    chips: list[Chip]
    values: Mapping[int, FacetValue]
    timeline: Timeline | None = None

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to search for."""
        return bool(self.results.plan or self.asked.is_filtered)

    @property
    def is_capped(self) -> bool:
        """Whether there are more results than pages, and this is the last page."""
        is_last = not self.page.has_next()
        return is_last and self.results.total > self.page.paginator.count

    @property
    def hits(self) -> list[Hit]:
        """The results of the page with the names shown above them."""
        return [
            Hit(
                result,
                [
                    Name.of(self.values[value_id], self.asked.language)
                    for value_id in _named_above(result)
                    if value_id in self.values
                ],
            )
            for result in self.page
        ]

    @property
    def read_as(self) -> str:
        """The query as it was parsed; empty if it is only words, read without notes."""
        read = self.results.query
        nodes = read.tree.nodes if isinstance(read.tree, And) else (read.tree,)
        is_plain = read.tree is None or all(isinstance(node, Word) for node in nodes)
        return "" if is_plain and not read.notes else query.describe(read)

    @property
    def remarks(self) -> list[str]:
        """Messages about parts of the query that were not read as perhaps intended."""
        remarks = [note.message() for note in self.results.query.notes]
        for node in self.results.plan.unnamed:
            facet = registry.find(node.name)
            remarks.append(
                _(
                    "%(facet)s: there is no “%(name)s” in the archive, so it was "
                    "searched as words."
                )
                % {"facet": facet.one if facet else node.name, "name": node.value}
            )
        return list(dict.fromkeys(remarks))

    @cached_property
    def also_searched(self) -> list[OtherName]:
        """The other words, numbers and names that are searched besides those typed."""
        plan = self.results.plan
        found = {
            word.casefold(): OtherName(word, locale)
            for text in plan.read_freely
            for locale, word in other_words(text, self.asked.locales)
            if not self._looks_as_typed(word, text)
        }
        found |= {
            leaf.through.casefold(): OtherName(leaf.through, leaf.through_locale)
            for leaf in plan.leaves
            if leaf.through
        }
        return list(found.values())[:LISTED_NAMES]

    def _looks_as_typed(self, word: str, typed: str) -> bool:
        """Return whether *word* on the page, perhaps converted, is what was typed."""
        shown = convert(word, self.asked.script) if self.asked.script else word
        return shown.casefold() == typed.casefold()

    @property
    def switch(self) -> SearchLink | None:
        """The link to the same search without other names, or with them again."""
        if self.asked.as_typed:
            text = _("Search other names and spellings too")
        elif self.also_searched:
            text = _("Search only what was typed")
        else:
            return None
        as_typed = not self.asked.as_typed
        return SearchLink(text, self.asked.address(as_typed=as_typed, page=1))

    @property
    def orders(self) -> list[SearchLink]:
        """The available orders of results; without words there is no best match."""
        texts = {
            "relevance": _("Best match"),
            "newest": _("Newest"),
            "oldest": _("Oldest"),
        }
        shown = ORDERS if self.results.query.tree else ORDERS[1:]
        return [
            SearchLink(
                texts[order],
                self.asked.address(order="" if order == shown[0] else order, page=1),
                is_current=order == self.asked.order_or_default,
            )
            for order in shown
        ]

    @cached_property
    def dates(self) -> list[OfferedDate]:
        """The days or months that the query names."""
        if self.asked.page > 1:
            return []
        years = [int(row.key) for row in self.values.values() if row.facet == "year"]
        return offered_dates(self.asked, years)

    @property
    def did_you_mean(self) -> SearchLink | None:
        """The query with rare or unknown words replaced by similar words, or None."""
        few = self.results.total < RESULTS_PER_PAGE or self.results.is_loose
        if self.asked.page > 1 or not few or not self.results.query:
            return None
        locales = searched_languages(self._read, self.asked.locales)
        found = corrections(self._read, locales)
        text = corrected(self.asked.text.strip(), found)
        if not found or text == self.asked.text.strip():
            return None
        return SearchLink(text, self.asked.address(text=text, page=1))

    @cached_property
    def zero_results(self) -> ZeroResults:
        """Suggestions if nothing was found."""
        return (
            ZeroResults()
            if self.results.total
            else zero_results_for(self.asked, self._read)
        )

    @property
    def loosened(self) -> str:
        """How many of a loosened query's results have all words; else empty."""
        if not self.results.is_loose or not self.results.total:
            return ""
        is_one_word = len(self.results.plan.loose) == 1
        if complete := self.results.complete:
            return _how_many(complete, is_one_word=is_one_word)
        if is_one_word:
            return _("These articles have related words.")
        if self.asked.is_filtered:
            none = _("No article with these filters has all of these words.")
        elif len(self.asked.locales) > 1:
            none = _("No article has all of these words.")
        else:
            none = _("No article in this language has all of these words.")
        some = _("These have some of them.")
        return f"{none} {some}"

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The words that occur in no article, if no article has all of the words."""
        if self.results.total and not self.results.is_loose:
            return ()
        if self.results.total:
            return missing_words(self.asked, self._read)
        return self.zero_results.missing

    @property
    def side_filters(self) -> list[Filter]:
        """The filters without those of time, which the timeline shows."""
        return [one for one in self.filters if one.choices and not one.is_dated]

    @property
    def years(self) -> Filter | None:
        """The filter of years, None if years are not counted."""
        return next((one for one in self.filters if one.facet == "year"), None)

    @property
    def share_url(self) -> str:
        """The URL of the first page of this search, with all filters."""
        return self.asked.address(page=1)

    @property
    def feed_url(self) -> str:
        """The URL of the Atom feed of this search."""
        return self.asked.address("search_feed", order="", page=1)

    @property
    def _read(self) -> Query:
        return self.results.query


def _how_many(complete: int, *, is_one_word: bool) -> str:
    """Return that *complete* results have all words, and the others less."""
    number = {"number": localize(complete)}
    if is_one_word:
        return (
            ngettext(
                "%(number)s article has this word, the others have related words.",
                "%(number)s articles have this word, the others have related words.",
                complete,
            )
            % number
        )
    return (
        ngettext(
            "%(number)s article has all of these words, the others have some of them.",
            "%(number)s articles have all of these words, the others have some of "
            "them.",
            complete,
        )
        % number
    )


def _named_above(result: Result) -> list[int]:
    """Return the ids of the values whose names are shown above *result*, in order."""
    return [
        value_id
        for facet in registry.shown_in(Shown.HITS)
        for value_id in result.entry.value_ids
        if facet_of(value_id) == facet
    ]


def found_page(asked: SearchRequest) -> ResultsPage:
    """Return the page of results for *asked*."""
    asked = replace(asked, facet="")
    facets = filters.facets_for(asked)
    if "month" not in facets:  # for the timeline, if all results are of one year
        facets = (*facets, "month")
    results = _find(asked, facets, filters.FACET_SIZE)
    last = max(1, ceil(results.total / RESULTS_PER_PAGE))
    if asked.page > last:
        asked = replace(asked, page=last)
        results = _find(asked, facets, filters.FACET_SIZE) if results.total else results
    paginator = Paginator(cast(Any, _Slice(results)), RESULTS_PER_PAGE)
    above = [value_id for one in results.results for value_id in _named_above(one)]
    rows = filters.rows_for(
        asked, results.facets, above, all_years=names_any_year(asked)
    )
    return ResultsPage(
        asked=asked,
        results=results,
        page=paginator.get_page(asked.page),
        filters=filters.filters_of(asked, results.facets, results.total, rows),
        chips=filters.chips_of(asked, rows.values()),
        values=rows,
        timeline=timeline_of(asked, results.facets, rows),
    )


def whole_facet(asked: SearchRequest) -> Filter:
    """Return all values of ``asked.facet`` among the results."""
    results = _find(asked, (asked.facet,), filters.WHOLE_FACET_SIZE)
    counts = results.facets.get(asked.facet, FacetCounts((), 0))
    return filters.whole_filter(asked, counts)


def _find(asked: SearchRequest, facets: tuple[str, ...], size: int) -> Results:
    return find(asked.search(facets=facets, facet_size=size))


def browsed(asked: SearchRequest) -> Iterator[Filter]:
    """Yield the most frequent values of a few facets, for a page without a query.

    Only values of articles in the reader's language are shown; years come newest first.
    """
    facets = registry.shown_in(Shown.BROWSING)
    named = most_named(facets, asked.language, limit=BROWSED_VALUES)
    for facet in facets:
        names = registry.get(facet)
        if names.is_dated:
            keys = map(str, islice(years_with_entries(asked.language), BROWSED_VALUES))
            values = [FacetValue(facet=facet, key=key) for key in keys]
        else:
            values = [row.value for row in named.get(facet, ())]
        choices = [
            FilterChoice(
                value.key,
                filters.label_of(value, asked),
                asked.with_keys(facet, [value.key]).address(),
                language=filters.language_of(value, asked),
            )
            for value in values
            if asked.language in value.labels or not value.labels
        ]
        if choices:
            yield Filter(facet, str(names.many), choices, len(choices))
