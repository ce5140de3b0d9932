"""The names of filters in a query, and the values that filters accept.

Names belong to the query language, not to the message catalogues: a query shown in one
interface language must parse in every other.
"""

import re
from collections.abc import Mapping
from datetime import date

from search.facets import registry
from search.languages import query_words
from search.languages.orthographies import key_called
from search.query.tree import Dates, Field, Node


def field_of(name: str) -> str:
    """Return the field called *name* in any language, an empty string if none is."""
    return registry.by_query_name(name) or query_words.filter_called(name)


def names_of(field: str) -> Mapping[str, tuple[str, ...]]:
    """Return the names of *field* by interface language, empty for an unknown one."""
    facet = registry.find(field)
    own = facet.query_names if facet else {}
    return {**query_words.filter_names(field), **own}


def date_filter_names() -> set[str]:
    """Return the names, in every language, of the filters whose values are dates."""
    return {
        name
        for field in DATE_FIELDS
        for names in names_of(field).values()
        for name in names
    }


def filter_fields() -> tuple[str, ...]:
    """Return every field that a query can name, in some language."""
    return tuple(
        field
        for field in (*query_words.DATE_FILTERS, *registry.names())
        if names_of(field)
    )


_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")  # RFC 5646, roughly

DATE_FIELDS = frozenset({"year", "before", "after"})
# From before the first newspapers to well past any date announced in one.
FIRST_YEAR, LAST_YEAR = 1500, 2999

_YEARS = re.compile(r"(\d{4})(?:\s*(?:\.\.\.?|[-–—…])\s*(\d{4}))?", re.ASCII)
_DAYS = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?)?", re.ASCII),
    re.compile(r"(?:(?P<day>\d\d?)\.)?(?P<month>\d\d?)\.(?P<year>\d{4})", re.ASCII),
)


def filter_of(field: str, value: str) -> Node | None:
    """Return the node for the filter *field* (canonical name) with *value*.

    ``year`` takes a year, or two with ``-`` or ``..`` between them, both included.
    ``before`` and ``after`` take a year, a month or a day: ``2025``, ``2025-07``,
    ``2025-07-01``, ``01.07.2025``. Both refer to the first day of the period:
    ``before:2024`` ends with 2023, and ``after:2024`` starts with 2024. A language is a
    language name or a language tag. ``script`` takes the name of an orthography, its
    key (``latn-1929``) or its language tag. Returns None for an invalid value.
    """
    if field == "year":
        return _years(value)
    if field in DATE_FIELDS:
        day = _first_day(value)
        if day is None:
            return None
        return Dates(day, None) if field == "after" else Dates(None, day)
    if field == "language":
        language = _language(value)
        return Field(field, language) if language else None
    if field == "script":
        return Field(field, key_called(value) or value)
    return Field(field, value)


def _years(value: str) -> Dates | None:
    match = _YEARS.fullmatch(value)
    if match is None:
        return None
    first, last = sorted((int(match[1]), int(match[2] or match[1])))
    if first < FIRST_YEAR or last > LAST_YEAR:
        return None
    return Dates(date(first, 1, 1), date(last + 1, 1, 1))


def _first_day(value: str) -> date | None:
    for pattern in _DAYS:
        if match := pattern.fullmatch(value):
            numbers = [int(match[part] or 1) for part in ("year", "month", "day")]
            try:
                day = date(*numbers)
            except ValueError:
                return None
            return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    return None


def _language(value: str) -> str | None:
    name = value.lower()
    if code := query_words.language_called(name):
        return code
    return name if _LANGUAGE_TAG.fullmatch(name) else None
