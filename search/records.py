"""What a page hands to the search: plain values, no models."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Record:
    """One live article in one language.

    ``key`` names it among all records, ``group`` is the same for all language
    versions of it. ``title``, ``lead``, ``body`` and ``names`` are plain text;
    ``names`` are those of the people, places and other entities it is about.
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
