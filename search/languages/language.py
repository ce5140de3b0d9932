"""What a language must know to turn a token into forms.

`Language` itself serves the languages that have no stemmer: normalisation, prefix and
folding. A module of the registry overrides what it knows better.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from .folding import fold
from .normalisation import normalise
from .terms import Forms

LONGEST_WORD = 200
"""Letters of a word that are analysed: a longer one is no word. Analysing a word may
take the square of its length; of a text it then takes its length."""
LONGEST_ENDING = 40
"""Letters of what may be an ending after a hyphen: the longest of Kazakh are half."""
PREFIX_LENGTH = 5
"""The best single prefix for Kazakh retrieval (nDCG .752); kept for all languages."""


class Language:
    """One language in one script; instances are stateless, results can be cached."""

    final_apostrophes: ClassVar[bool] = False
    """Whether words may end in an apostrophe (`jan'` in the alphabet of 2017)."""
    stems_are_words: ClassVar[bool] = False
    """Whether a stem can be shown to readers: a dictionary form, not a root."""
    signs: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """The words for signs: readers who type `пайыз` find `50 %`."""

    def __init__(self, code: str, script: str | None = None) -> None:
        """`code` is a language subtag (`kk`), `script` an ISO 15924 code (`Latn`)."""
        self.code = code
        self.script = script

    def script_for(self, text: str) -> str | None:
        """The script in which the words of `text` are to be read."""
        return self.script

    def forms(self, word: str) -> Forms:
        """The forms of one token that is a word, given as it was written."""
        exact = self.normalise(word[:LONGEST_WORD])
        return Forms(exact, self.stems(exact), self.prefix(exact), self.folded(exact))

    def normalise(self, word: str) -> str:
        """The exact form; idempotent."""
        return normalise(word)

    def stems(self, exact: str) -> tuple[str, ...]:
        """One or two stems of a word in its exact form."""
        return (exact,)

    def prefix(self, exact: str) -> str:
        """The beginning that relatives of the word share."""
        return exact[:PREFIX_LENGTH]

    def folded(self, exact: str) -> str:
        """The key of the first stem."""
        return fold(self.stems(exact)[0])

    def key(self, exact: str) -> str:
        """The key of the word itself, not of its stem."""
        return fold(exact)

    def is_ending(self, head: str, tail: str) -> bool:
        """Whether `tail`, after a hyphen or a number, is an ending and not a word."""
        return False
