"""What a page hands to the search: plain values, no models."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from search.characters import storable


@dataclass(frozen=True, slots=True)
class Value:
    """Something that entries can be filtered by: a place, a kind, a section.

    ``key`` names it within its facet, the same in every language; ``labels`` are its
    names by language code, at least one.
    """

    facet: str
    key: str
    labels: Mapping[str, str] = field(compare=False)

    def __post_init__(self) -> None:
        """Replace what no database stores, wherever the name comes from."""
        object.__setattr__(self, "key", storable(self.key))
        labels = {locale: storable(name) for locale, name in self.labels.items()}
        object.__setattr__(self, "labels", labels)


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

    def __post_init__(self) -> None:
        """Replace what no database stores, wherever the text comes from."""
        for name in ("key", "group", "url", "title", "lead", "body", "names"):
            object.__setattr__(self, name, storable(getattr(self, name)))
