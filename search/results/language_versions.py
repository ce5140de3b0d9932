"""The language versions of an article that was found."""

from dataclasses import dataclass

from search.models import Entry


@dataclass(frozen=True, slots=True)
class LanguageVersion:
    """One language version of an article that was found, as in its entry."""

    locale: str
    url: str
    title: str
    written_in: str

    @classmethod
    def of(cls, entry: Entry) -> "LanguageVersion":
        """Return the language version that *entry* is."""
        return cls(entry.locale, entry.url, entry.title, entry.written_in)
