"""Languages that the Snowball stemmers serve. The package is imported on first use."""

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
"""What stands before an apostrophe and is a word of its own: l'école is école."""


class Stemmer(Protocol):
    """The part of a Snowball stemmer that is used here."""

    def stemWord(self, word: str) -> str:  # noqa: N802
        """The stem of a lower-case word."""
        ...


class SnowballLanguage(Language):
    """A language with a Snowball stemmer, one instance a process."""

    def __init__(self, code: str, script: str | None = None) -> None:
        """`code` must be one of `ALGORITHMS`."""
        super().__init__(code, script)
        self._stemmer = _stemmer(ALGORITHMS[code])
        self._elided = frozenset(ELIDED.get(code, "").split())

    def stems(self, exact: str) -> tuple[str, ...]:
        """The stemmer's one answer; the word itself if nothing would be left of it."""
        head, apostrophe, tail = exact.partition("'")
        if apostrophe and tail and head in self._elided:
            exact = tail
        return (normalise(self._stemmer.stemWord(exact)) or exact,)


def _stemmer(algorithm: str) -> Stemmer:
    import snowballstemmer

    stemmer: Stemmer = snowballstemmer.stemmer(algorithm)
    return stemmer


def language(code: str, script: str | None = None) -> SnowballLanguage:
    """The registry's entry point."""
    return SnowballLanguage(code, script)
