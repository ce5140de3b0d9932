"""What a page hands to the search: plain values, no models."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Value:
    """Something that entries can be filtered by: a place, a kind, a section.

    ``key`` names it within its facet, the same in every language; ``labels`` are its
    names by language code, at least one.
    """

    facet: str
    key: str
    labels: Mapping[str, str] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Record:
    """One live article in one language.

    ``key`` names it among all records, ``group`` is the same for all language
    versions of it. ``title``, ``lead``, ``body`` and ``names`` are plain text;
    ``names`` are those of the people, places and other entities it is about.
    ``values`` are its facet values, but for language and date, which are known.
    """

    key: str
    group: str
    locale: str
    url: str
    title: str
    lead: str
    body: str
    names: str
    published_at: datetime
    values: tuple[Value, ...] = ()
