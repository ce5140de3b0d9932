"""The orthography that the words of a query are in, if the query names it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from search.languages.orthographies import (
    is_former,
    is_written_in,
    key_of,
    orthographies,
)


class WordsInScripts:
    """Languages in which words are read, some in an orthography of a former time.

    Orthographies of today are told by the letters of each word.
    """

    def __init__(self, locales: list[str], script: str) -> None:
        """Read words in *locales*, in the orthography with the key *script* or any."""
        self.locales = locales
        self._tags = self._tags_of(script)

    @contextmanager
    def within(self, scripts: Iterable[str]) -> Iterator[None]:
        """Read words in the orthographies with these keys, one for each language."""
        outer = self._tags
        for script in scripts:
            self._tags = self._tags | self._tags_of(script)
        try:
            yield
        finally:
            self._tags = outer

    def languages_for(self, text: str) -> list[str]:
        """Return the tags by which *text* is read, one for each language."""
        tags = (self._tags.get(locale, "") for locale in self.locales)
        return [
            tag if tag and is_written_in(text, tag) else locale
            for locale, tag in zip(self.locales, tags, strict=True)
        ]

    def is_told(self, text: str) -> bool:
        """Return whether the query names the orthography of *text*."""
        return self.languages_for(text) != self.locales

    def _tags_of(self, script: str) -> dict[str, str]:
        return {
            locale: tag
            for locale in self.locales
            for tag in orthographies(locale)
            if key_of(tag) == script and is_former(tag)
        }
