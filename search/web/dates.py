"""Days and months that a query names, offered as pages of the archive and filters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst

from search import query
from search.query import Dates, Query
from search.query.typed_dates import TypedDate, typed_date
from search.results.dates import Span, count
from search.web.params import SearchRequest

# Of a day without a year, the newest with articles.
MOST_YEARS = 3


@dataclass(frozen=True, slots=True)
class OfferedDate:
    """A day or month in which ``count`` articles of the reader's language appeared.

    ``day`` is None for a month. ``url`` is that of the search for the other words of
    the query in this time; ``has_words`` says whether there are any.
    """

    text: str
    year: int
    month: int
    day: int | None
    count: int
    url: str
    has_words: bool


def names_any_year(asked: SearchRequest) -> bool:
    """Return whether the text of *asked* names a day without a year."""
    typed = typed_date(asked.text)
    return typed is not None and typed.year is None


def offered_dates(asked: SearchRequest, years: Iterable[int]) -> list[OfferedDate]:
    """Return the days or months that the text of *asked* names, newest first.

    A day without a year may be of any of *years*. Only days and months with articles
    are returned. At most one query.
    """
    typed = typed_date(asked.text)
    if typed is None:
        return []
    possible = years if typed.year is None else [typed.year]
    spans = {year: _span(typed, year) for year in possible}
    known = {year: span for year, span in spans.items() if span is not None}
    counted = count(known, asked.language)
    newest = sorted(counted, reverse=True)[:MOST_YEARS]
    return [
        _offered(asked, typed, known[year], counted[year])
        for year in newest
        if counted[year]
    ]


def _span(typed: TypedDate, year: int) -> Span | None:
    if typed.day is None:
        return Span.month(year, typed.month)
    try:
        return Span.day(date(year, typed.month, typed.day))
    except ValueError:  # 29 February
        return None


def _offered(
    asked: SearchRequest, typed: TypedDate, span: Span, counted: int
) -> OfferedDate:
    form = "YEAR_MONTH_FORMAT" if typed.day is None else "DATE_FORMAT"
    within = query.describe(Query(Dates(span.first, span.end)))
    text = f"{typed.rest} {within}".strip()
    return OfferedDate(
        text=capfirst(date_format(span.first, form)),
        year=span.first.year,
        month=span.first.month,
        day=typed.day,
        count=counted,
        url=replace(asked, text=text, page=1).address(),
        has_words=bool(query.parse(typed.rest)),
    )
