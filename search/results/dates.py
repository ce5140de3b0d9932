"""The archive by time: entries published on a day, in a month, in a year.

Days are in the site's time zone. All counts are computed from the entries when called,
through one index: (language, time).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Value
from django.utils import timezone

from search.index.fields import COLUMN_NAMES
from search.models import Entry

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``first`` up to but not including ``end``."""

    first: date
    end: date

    @classmethod
    def day(cls, day: date) -> "Span":
        return cls(day, day + timedelta(days=1))

    @classmethod
    def month(cls, year: int, month: int) -> "Span":
        following = date(year + month // 12, month % 12 + 1, 1)
        return cls(date(year, month, 1), following)

    @classmethod
    def year(cls, year: int) -> "Span":
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def bounds(self) -> tuple[int, int]:
        """The start (inclusive) and end (exclusive) in seconds since 1970."""
        return _midnight(self.first), _midnight(self.end)


def _midnight(day: date) -> int:
    zone = timezone.get_default_timezone()
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def day_of(seconds: int) -> date:
    """Return the day in the site's time zone of a time in seconds since 1970."""
    return datetime.fromtimestamp(seconds, timezone.get_default_timezone()).date()


def entries_in(span: Span, locale: str) -> QuerySet[Entry]:
    """Return the entries of *span* in *locale*, newest first, with terms deferred."""
    start, end = span.bounds
    found = Entry.objects.filter(
        locale=locale, published__gte=start, published__lt=end
    ).order_by("-published", "-pk")
    return found.defer(*COLUMN_NAMES, "marks", "body")


def count(spans: Mapping[int, Span], locale: str) -> dict[int, int]:
    """Return the number of entries in *locale* for each key of *spans*.

    Runs one query. Spans without entries are left out.
    """
    parts = [
        entries_in(span, locale)
        .order_by()
        .values("locale")
        .annotate(span=Value(key, IntegerField()), n=Count("pk"))
        .values_list("span", "n")
        for key, span in spans.items()
    ]
    if not parts:
        return {}
    return dict(parts[0].union(*parts[1:], all=True))


def by_language(span: Span, locales: Iterable[str]) -> dict[str, int]:
    """Return the number of entries in *span* for each of *locales* that has any.

    Runs one query.
    """
    start, end = span.bounds
    found = Entry.objects.filter(
        locale__in=list(locales), published__gte=start, published__lt=end
    )
    rows = found.order_by().values("locale").annotate(n=Count("pk"))
    return dict(rows.values_list("locale", "n"))


def days(span: Span, locale: str) -> Counter[date]:
    """Return the number of entries in *locale* for each day of *span*. One query."""
    moments = entries_in(span, locale).order_by()
    return Counter(map(day_of, moments.values_list("published", flat=True)))


def around(span: Span, locale: str) -> tuple[date | None, date | None]:
    """Return the nearest days with entries before and after *span*, or None.

    Only entries in *locale* count. Runs two queries, each an index look-up.
    """
    start, end = span.bounds
    moments = Entry.objects.filter(locale=locale).values_list("published", flat=True)
    before = moments.filter(published__lt=start).order_by("-published").first()
    after = moments.filter(published__gte=end).order_by("published").first()
    return _day(before), _day(after)


def first_and_last(locale: str) -> tuple[date, date] | None:
    """Return the days of the first and last entry in *locale*, None without entries.

    Runs one query, two index look-ups.
    """
    moments = Entry.objects.filter(locale=locale).order_by("published")
    first, last = moments.values("published")[:1], moments.reverse().values("published")
    ends = Entry.objects.filter(
        Q(published=Subquery(first)) | Q(published=Subquery(last[:1])), locale=locale
    )
    found = set(ends.values_list("published", flat=True))
    return (day_of(min(found)), day_of(max(found))) if found else None


def _day(seconds: int | None) -> date | None:
    return None if seconds is None else day_of(seconds)


def years(locale: str) -> dict[int, int]:
    """Return the number of entries in *locale* by year, newest first. Two queries."""
    ends = first_and_last(locale)
    if ends is None:
        return {}
    spans = {year: Span.year(year) for year in range(ends[0].year, ends[1].year + 1)}
    counted = count(spans, locale)
    return {year: counted[year] for year in sorted(counted, reverse=True)}


def months(year: int, locale: str) -> dict[int, int]:
    """Return the number of entries in *locale* by month of *year*. One query."""
    return count({month: Span.month(year, month) for month in MONTHS}, locale)
