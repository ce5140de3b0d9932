"""The archive by time: overview, year, month and day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsroom.archive.addresses import (
    day_url,
    month_url,
    overview_url,
    year_url,
)
from newsroom.archive.calendar import weekdays, weeks
from newsroom.archive.listing import page_of_entries
from newsroom.archive.navigation import NavigationLink, counted, languages
from newsroom.archive.shelves import shelves
from search.results import dates
from search.results.dates import Span
from search.site_languages import site_languages


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the start page: years, sections, kinds, and the most frequent names."""
    language = get_language() or ""
    years = dates.years(language)
    context = {
        "years": counted(
            [
                NavigationLink(str(year), year_url(year), count)
                for year, count in years.items()
            ]
        ),
        "total": sum(years.values()),
        "shelves": shelves(language),
    }
    return render(request, "archive/overview.html", context)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the months of a year."""
    language = get_language() or ""
    span = Span.year(year)
    context = _in_time(span, lambda code: year_url(year, code), _name_of_year(year))
    if not context["count"]:
        return _nothing(request, context)
    months = dates.months(year, language)
    before, after = dates.around(span, language)
    context |= {
        "months": counted(
            [
                NavigationLink(
                    capfirst(str(MONTHS[month])),
                    month_url(year, month) if month in months else "",
                    months.get(month, 0),
                )
                for month in dates.MONTHS
            ]
        ),
        "trail": [_root()],
        "previous": before
        and NavigationLink(_name_of_year(before.year), year_url(before.year)),
        "next": after
        and NavigationLink(_name_of_year(after.year), year_url(after.year)),
    }
    return render(request, "archive/year.html", context)


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show a month: its days in a table, and its articles."""
    language = get_language() or ""
    if month not in dates.MONTHS:
        raise Http404
    span = Span.month(year, month)
    context = _in_time(
        span, lambda code: month_url(year, month, code), _name_of_month(span.first)
    )
    if not context["count"]:
        return _nothing(request, context)
    before, after = dates.around(span, language)
    context |= {
        "weekdays": weekdays(),
        "weeks": weeks(year, month, dates.days(span, language)),
        "articles": page_of_entries(dates.entries_in(span, language), request),
        "trail": [_root(), NavigationLink(_name_of_year(year), year_url(year))],
        "previous": before and _month_link(before),
        "next": after and _month_link(after),
    }
    return render(request, "archive/month.html", context)


@require_safe
def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """Show the articles of a day."""
    language = get_language() or ""
    try:
        asked = date(year, month, day)
    except ValueError as error:
        raise Http404 from error
    span = Span.day(asked)
    context = _in_time(span, lambda code: day_url(asked, code), _name_of_day(asked))
    if not context["count"]:
        return _nothing(request, context)
    before, after = dates.around(span, language)
    context |= {
        "articles": page_of_entries(dates.entries_in(span, language), request),
        "trail": [
            _root(),
            NavigationLink(_name_of_year(year), year_url(year)),
            _month_link(asked),
        ],
        "previous": before and NavigationLink(_name_of_day(before), day_url(before)),
        "next": after and NavigationLink(_name_of_day(after), day_url(after)),
    }
    return render(request, "archive/day.html", context)


def _in_time(span: Span, address: Callable[[str], str], title: str) -> dict[str, Any]:
    """Return the context of a page for a span of time; one query."""
    language = get_language() or ""
    codes = site_languages()
    counts = dates.by_language(span, codes)
    found = languages(counts, language, address)
    return {
        "title": title,
        "count": counts.get(language, 0),
        "addresses": found.addresses,
        "elsewhere": found.elsewhere,
    }


def _nothing(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Show links to other languages with articles; raise Http404 if there are none.

    The language switcher links to this page, so it is not an error. It is marked
    noindex.
    """
    if not context["elsewhere"]:
        raise Http404
    return render(request, "archive/nothing.html", context)


def _root() -> NavigationLink:
    return NavigationLink(_("Archive"), overview_url())


def _name_of_year(year: int) -> str:
    return pgettext("a year, by itself", "%(year)s") % {"year": year}


def _name_of_month(day: date) -> str:
    return capfirst(date_format(day, "YEAR_MONTH_FORMAT"))


def _name_of_day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _month_link(day: date) -> NavigationLink:
    return NavigationLink(_name_of_month(day), month_url(day.year, day.month))
