"""Documents given to the index: plain values, no models."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from search.characters import storable
from search.languages.orthographies import orthographies


@dataclass(frozen=True, slots=True)
class Value:
    """A value that entries can be filtered by: a place, a kind, a section.

    ``key`` identifies it within its facet, the same in every language. ``labels`` are
    its names by language code, at least one.
    """

    facet: str
    key: str
    labels: Mapping[str, str] = field(compare=False)

    def __post_init__(self) -> None:
        """Replace characters that cannot be stored, whichever their source."""
        object.__setattr__(self, "key", storable(self.key))
        labels = {locale: storable(name) for locale, name in self.labels.items()}
        object.__setattr__(self, "labels", labels)


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """One live article in one language.

    ``key`` identifies the document, ``group`` is the same for all language versions.
    ``title``, ``lead``, ``body`` and ``names`` are plain text; ``names`` are the names
    of the people, places and other entities the article is about. ``values`` are its
    facet values, without language, script and dates, which are derived. ``tag`` is the
    orthography of title, lead and body, as a language tag (``kk-Latn-x-1929``); without
    it their letters tell it.
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
    tag: str = ""

    def __post_init__(self) -> None:
        """Replace characters that cannot be stored, whichever their source.

        Raises ValueError if ``tag`` is no orthography of the language.
        """
        if self.tag and self.tag not in orthographies(self.locale):
            raise ValueError(f"{self.tag!r} is no orthography of {self.locale!r}.")
        for name in ("key", "group", "url", "title", "lead", "body", "names"):
            object.__setattr__(self, name, storable(getattr(self, name)))
