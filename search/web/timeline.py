"""The timeline of results: bars for years, months, or groups of years.

It is drawn from the counts of the facets *year* and *month*. A selection becomes the
whole timeline: a span of years shows its years, a year its months.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from search.engines import FacetCounts
from search.facets.built_in import MONTHS
from search.models import FacetValue
from search.web.filters import span_label
from search.web.params import SearchRequest

# A year has this many months, and a phone has no room for more bars to tap.
MAX_BARS = 12
# The numbers of years that one bar may stand for.
YEARS_IN_A_BAR = (1, 2, 5, 10, 20, 50, 100, 1_000)
# In per cent of the tallest bar, so that small counts are visible.
LEAST_SHARE = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """A period and the number of results in it.

    ``url`` selects the period or, if selected, deselects it; it is empty without
    results. ``share`` is the count in per cent of the tallest bar.
    """

    label: str
    count: int
    url: str
    share: int
    is_selected: bool = False

    @property
    def above(self) -> int:
        """The space above the bar, in per cent."""
        return 100 - self.share


@dataclass(frozen=True, slots=True)
class Step:
    """A link to the previous or next year, or to all years."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The timeline.

    ``title`` is the period of the bars; the bars of a year are its months. ``first``
    and ``last`` are the first and last year with results. ``since`` and ``until`` are
    the selected years, if any.
    """

    title: str
    bars: list[Bar]
    first: str
    last: str
    since: str
    until: str
    before: Step | None = None
    after: Step | None = None
    out: Step | None = None
    is_narrowed: bool = False
    is_of_year: bool = False
    is_estimated: bool = False

    @property
    def since_label(self) -> tuple[str, str]:
        """The text before and after the input for the first year."""
        return _around_field(_("From year {year}"))

    @property
    def until_label(self) -> tuple[str, str]:
        """The text before and after the input for the last year."""
        return _around_field(_("to year {year}"))


def _around_field(text: str) -> tuple[str, str]:
    before, _field, after = text.partition("{year}")
    return before.strip(), after.strip()


def timeline_of(
    asked: SearchRequest,
    facets: Mapping[str, FacetCounts],
    rows: Mapping[int, FacetValue],
) -> Timeline | None:
    """Return the timeline for *asked*; *rows* are facet values by id.

    Returns None if nothing was found and no year is selected.
    """
    years = _by_key(facets.get("year"), rows)
    chosen = asked.keys("year")
    year = _one_year(asked) or (next(iter(years)) if len(years) == 1 else "")
    if not years and not year:
        return None
    of_year = bool(year) and _is_year(year)
    # A span without articles would show no bars and have no links.
    in_span = _in_span(asked, years)
    if of_year:
        bars = _months(asked, year, _by_key(facets.get("month"), rows))
    else:
        bars = _years(asked, in_span or years)
    if not bars:
        return None
    around = years if of_year else {}
    has_span = bool(asked.since or asked.until)
    is_narrowed = bool(chosen or asked.keys("month") or has_span)
    ends = sorted(years) or [year]
    title = span_label(ends[0], ends[-1])
    if in_span and has_span:
        title = span_label(asked.since, asked.until)
    chosen_year = year if of_year and is_narrowed and not has_span else ""
    return Timeline(
        title=year if of_year else title,
        bars=bars,
        first=ends[0],
        last=ends[-1],
        since=chosen_year or asked.since,
        until=chosen_year or asked.until,
        before=_step(asked, max((y for y in around if y < year), default="")),
        after=_step(asked, min((y for y in around if y > year), default="")),
        out=Step(_("All time"), asked.in_years().address()) if is_narrowed else None,
        is_narrowed=is_narrowed,
        is_of_year=of_year,
        is_estimated=any(counts.is_estimated for counts in facets.values()),
    )


def _by_key(
    counts: FacetCounts | None, rows: Mapping[int, FacetValue]
) -> dict[str, int]:
    values = counts.values if counts else ()
    return {rows[value_id].key: count for value_id, count in values if value_id in rows}


def _in_span(asked: SearchRequest, years: Mapping[str, int]) -> dict[str, int]:
    return {
        year: count
        for year, count in years.items()
        if year >= asked.since and (not asked.until or year <= asked.until)
    }


def _is_year(key: str) -> bool:
    return len(key) == len("2025") and key.isascii() and key.isdigit() and key > "0000"


def _one_year(asked: SearchRequest) -> str:
    """Return the only selected year, selected itself or by its months, else ""."""
    years = set(asked.keys("year")) or {key[:4] for key in asked.keys("month")}
    return years.pop() if len(years) == 1 else ""


def _step(asked: SearchRequest, year: str) -> Step | None:
    return Step(year, asked.in_years(year).address()) if year else None


def _months(asked: SearchRequest, year: str, counts: Mapping[str, int]) -> list[Bar]:
    chosen = asked.keys("month")
    in_year = asked.in_years(year)
    keys = [f"{year}-{month:02}" for month in range(1, MONTHS + 1)]
    most = max((counts.get(key, 0) for key in keys), default=0)
    bars = []
    for number, key in enumerate(keys, start=1):
        others = tuple(other for other in chosen if other != key)
        is_selected = key in chosen
        narrowed = in_year.with_keys("month", others if is_selected else (key,))
        bars.append(
            _bar(
                date_format(date(int(year), number, 1), "F"),
                counts.get(key, 0),
                most,
                narrowed,
                is_selected=is_selected,
            )
        )
    return bars


def _years(asked: SearchRequest, counts: Mapping[str, int]) -> list[Bar]:
    """Return a bar for each counted year, or for groups of years if they are many."""
    chosen = asked.keys("year")
    by_year = {int(key): count for key, count in counts.items() if _is_year(key)}
    if not by_year:
        return []
    spans = list(_spans(min(by_year), max(by_year)))
    of_span = [
        sum(count for year, count in by_year.items() if first <= year <= last)
        for first, last in spans
    ]
    bars = []
    for (first, last), count in zip(spans, of_span, strict=True):
        since, until = f"{first:04}", f"{last:04}"
        is_one = first == last
        is_selected = any(since <= key <= until for key in chosen)
        if is_selected and is_one:
            narrowed = asked.in_years(*(key for key in chosen if key != since))
        elif is_one:
            narrowed = asked.in_years(since)
        else:
            narrowed = asked.in_years(since=since, until=until)
        label = since if is_one else span_label(since, until)
        bars.append(_bar(label, count, max(of_span), narrowed, is_selected=is_selected))
    return bars


def _spans(first: int, last: int) -> Iterable[tuple[int, int]]:
    """Yield spans of years from *first* to *last*, at most MAX_BARS.

    Spans are as short as possible; those of several years start with a round number.
    """
    size = next(
        size for size in YEARS_IN_A_BAR if last // size - first // size < MAX_BARS
    )
    for start in range(first - first % size, last + 1, size):
        yield max(first, start), min(last, start + size - 1)


def _bar(
    label: str, count: int, most: int, narrowed: SearchRequest, *, is_selected: bool
) -> Bar:
    share = max(LEAST_SHARE, round(100 * count / most)) if count and most else 0
    url = narrowed.address() if count or is_selected else ""
    return Bar(label, count, url, share, is_selected)
