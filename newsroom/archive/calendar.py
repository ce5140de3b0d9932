"""A month as a table of weeks, from Monday to Sunday."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from newsroom.archive.addresses import day_url

MONDAY = 0
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Weekday:
    """A column heading: full and abbreviated name."""

    name: str
    short: str


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the month, or an empty cell for a day of another month.

    ``url`` is empty on a day without articles.
    """

    day: date | None
    count: int = 0
    url: str = ""


def weekdays() -> list[Weekday]:
    """Return the days of the week in the active language."""
    return [
        Weekday(str(WEEKDAYS[day]), str(WEEKDAYS_ABBR[day]))
        for day in range(DAYS_OF_A_WEEK)
    ]


def weeks(year: int, month: int, counts: Mapping[date, int]) -> list[list[CalendarDay]]:
    """Return the weeks of a month; *counts* holds the number of articles by day."""
    return [
        [
            CalendarDay(
                day, counts.get(day, 0), day_url(day) if counts.get(day) else ""
            )
            if day.month == month
            else CalendarDay(None)
            for day in week
        ]
        for week in Calendar(MONDAY).monthdatescalendar(year, month)
    ]
