"""Languages with a Snowball stemmer. The package is imported on first use."""

from typing import Protocol

from .language import Language
from .normalisation import normalise

ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""Language subtag → the name of its algorithm in the snowballstemmer package."""

ELIDED = {
    "fr": "c d j l m n qu s t jusqu lorsqu puisqu quoiqu",
    "it": "c d l m n s t v un gl dell all dall nell sull coll quell quest",
    "ca": "d l m n s t",
    "ga": "b d m",
}
"""Words that are joined to the next by an apostrophe: the stem of l'école is école."""


class Stemmer(Protocol):
    """The part of a Snowball stemmer that is used here."""

    def stemWord(self, word: str) -> str:  # noqa: N802
        """Return the stem of a lower-case word."""
        ...


class SnowballLanguage(Language):
    """A language with a Snowball stemmer, one instance per process."""

    def __init__(self, code: str, script: str | None = None) -> None:
        """Load the stemmer of `code`, which must be one of `ALGORITHMS`."""
        super().__init__(code, script)
        self._stemmer = _stemmer(ALGORITHMS[code])
        self._elided = frozenset(ELIDED.get(code, "").split())

    def stems(self, exact: str) -> tuple[str, ...]:
        """Return the stem of the word; the word itself if the stem would be empty."""
        head, apostrophe, tail = exact.partition("'")
        if apostrophe and tail and head in self._elided:
            exact = tail
        return (normalise(self._stemmer.stemWord(exact)) or exact,)


def _stemmer(algorithm: str) -> Stemmer:
    import snowballstemmer

    stemmer: Stemmer = snowballstemmer.stemmer(algorithm)
    return stemmer


def language(code: str, script: str | None = None) -> SnowballLanguage:
    """Return the language object for the registry."""
    return SnowballLanguage(code, script)
