"""The parameters of a search URL: parsing them and writing them back."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from search.engines import BEST_FIRST, NEWEST_FIRST, OLDEST_FIRST
from search.facets import registry
from search.query import MAX_TEXT
from search.results.search import RESULTS_PER_PAGE, Search
from search.site_languages import site_languages

ALL_LANGUAGES = "all"
ORDERS = (BEST_FIRST, NEWEST_FIRST, OLDEST_FIRST)
# At most this many values of each parameter are read. Readers pick fewer by hand, and
# each value is a clause of the query.
MAX_VALUES = 20
# Keys are slugs, codes, dates and UUIDs.
MAX_KEY = 100
# Twenty thousand results: no reader pages further, and the cost grows with the page.
MAX_PAGES = 2_000
_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search request as parsed from the URL.

    ``languages`` are the codes named in the URL, or ``all``; if empty, only the
    reader's own ``language`` is searched. ``filters`` maps a facet to the keys of its
    selected values. ``since`` and ``until`` are the first and the last year of a span;
    they are empty if single years are named. ``facet`` is the facet whose values are
    all listed. With ``as_typed`` no other names of what was typed are searched.
    ``script`` is the script (ISO 15924) that the page is converted to, if any.
    """

    text: str
    language: str
    languages: tuple[str, ...] = ()
    order: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    facet: str = ""
    by_count: bool = False
    as_typed: bool = False
    page: int = 1
    script: str = ""

    @property
    def is_everywhere(self) -> bool:
        """Whether all languages are searched, even if only some of them are shown."""
        return ALL_LANGUAGES in self.languages

    @property
    def locales(self) -> tuple[str, ...]:
        """The codes of the languages that are searched."""
        if self.is_everywhere:
            return tuple(site_languages())
        return self.chosen_languages or (self.language,)

    @property
    def chosen_languages(self) -> tuple[str, ...]:
        """The language codes named in the URL, without ``all``."""
        return tuple(code for code in self.languages if code != ALL_LANGUAGES)

    @property
    def selected(self) -> dict[str, tuple[str, ...]]:
        """The selected keys by facet; an article must have one of each facet."""
        selected = {name: keys for name, keys in self.filters.items() if keys}
        if self.is_everywhere and self.chosen_languages:
            selected["language"] = self.chosen_languages
        return selected

    @property
    def is_filtered(self) -> bool:
        """Whether anything besides the words narrows down the results."""
        return bool(self.selected or self.since or self.until)

    @property
    def order_or_default(self) -> str:
        """The order of results: by time without words, as all then score the same."""
        if self.text.strip():
            return self.order or BEST_FIRST
        return NEWEST_FIRST if self.order in ("", BEST_FIRST) else self.order

    def search(self, *, facets: tuple[str, ...] = (), facet_size: int = 1) -> Search:
        """Return the :class:`Search` to run."""
        return Search(
            self.text,
            self.locales,
            language=self.language,
            selected=self.selected,
            years=(self.since, self.until),
            order=self.order_or_default,
            as_typed=self.as_typed,
            offset=(self.page - 1) * RESULTS_PER_PAGE,
            facets=facets,
            facet_size=facet_size,
        )

    def keys(self, facet: str) -> tuple[str, ...]:
        """Return the selected keys of *facet*."""
        if facet == "language":
            return self.chosen_languages
        return self.filters.get(facet, ())

    def with_keys(self, facet: str, keys: Iterable[str]) -> "SearchRequest":
        """Return a copy, on its first page, with *keys* selected for *facet*."""
        keys = tuple(keys)
        if facet == "language":
            everywhere = (ALL_LANGUAGES,) if self.is_everywhere else ()
            return replace(self, languages=everywhere + keys, page=1, facet="")
        if facet == "year":
            return self.in_years(*keys)
        filters = {**self.filters, facet: keys}
        return replace(self, filters=filters, page=1, facet="")

    def in_years(
        self, *years: str, since: str = "", until: str = ""
    ) -> "SearchRequest":
        """Return a copy, on its first page, limited to years or to a span of years.

        Without arguments, all years are selected. Selected months are dropped, because
        a month belongs to one year.
        """
        rest = {k: v for k, v in self.filters.items() if k not in ("year", "month")}
        filters = {**rest, "year": years} if years else rest
        return replace(
            self, filters=filters, since=since, until=until, page=1, facet=""
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters of the URL as (name, value), without the page."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [("language", code) for code in self.languages]
        pairs += [("order", self.order)] if self.order else []
        pairs += [("typed", "1")] if self.as_typed else []
        pairs += [(name, key) for name, keys in self.filters.items() for key in keys]
        pairs += [("from", self.since)] if self.since else []
        pairs += [("to", self.until)] if self.until else []
        pairs += [("facet", self.facet)] if self.facet else []
        pairs += [("sort", "count")] if self.by_count and self.facet else []
        return pairs

    def address(self, view: str = "search", **changes: object) -> str:
        """Return the URL of *view* for this request with *changes* applied."""
        asked = replace(self, **changes)  # type: ignore[arg-type]
        pairs = asked.pairs()
        if asked.page > 1:
            pairs.append(("page", str(asked.page)))
        query = urlencode(pairs)
        return f"{reverse(view)}?{query}" if query else reverse(view)


def read(parameters: QueryDict, language: str) -> SearchRequest:
    """Parse the URL *parameters*; invalid values are ignored."""
    codes = {ALL_LANGUAGES, *site_languages()}
    languages = _unique(code for code in parameters.getlist("language"))
    languages = tuple(code for code in languages if code in codes)
    order = parameters.get("order", "")
    facet = parameters.get("facet", "")
    asked = SearchRequest(
        # Keep one character more than the search reads, so that the search reports that
        # the text was cut. Every link on the page carries the text.
        text=parameters.get("q", "")[: MAX_TEXT + 1],
        language=language,
        languages=() if languages == (language,) else languages,
        order=order if order in ORDERS else "",
        filters={
            name: keys
            for name in registry.names()
            if name != "language" and (keys := _unique(parameters.getlist(name)))
        },
        since=_year(parameters.get("from", "")),
        until=_year(parameters.get("to", "")),
        facet=facet if registry.find(facet) else "",
        by_count=parameters.get("sort") == "count",
        as_typed=parameters.get("typed") == "1",
        page=_page(parameters.get("page", "")),
    )
    return _with_one_span(asked)


def _with_one_span(asked: SearchRequest) -> SearchRequest:
    """Return *asked* with its dates normalised.

    Single years or months take precedence over a span. The bounds of a span are put in
    order, and a span of one year becomes that year.
    """
    since, until = asked.since, asked.until
    if asked.keys("year") or asked.keys("month"):
        return replace(asked, since="", until="")
    if since and since == until:
        return replace(asked.in_years(since), page=asked.page, facet=asked.facet)
    if since and until and since > until:
        return replace(asked, since=until, until=since)
    return asked


def _year(text: str) -> str:
    return text.strip() if _YEAR.fullmatch(text.strip()) else ""


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    kept = (value.strip() for value in values if "\x00" not in value)
    usable = [value for value in kept if value and len(value) <= MAX_KEY]
    return tuple(dict.fromkeys(usable))[:MAX_VALUES]


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < MAX_KEY
    return min(max(1, int(text)), MAX_PAGES) if is_number else 1
