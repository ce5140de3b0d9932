"""The base class of languages: how a token is converted to its variants.

`Language` itself is used for languages without a stemmer: normalisation, prefix and
folding. Modules of the registry override its methods.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from .folding import fold
from .normalisation import normalise
from .terms import Variants

LONGEST_WORD = 200
"""Maximum length in characters of an analysed word; anything longer is no word.

The analysis of a word may take quadratic time; with this limit, that of a text takes
linear time.
"""
LONGEST_ENDING = 40
"""Maximum length of an ending after a hyphen; twice that of the longest in Kazakh."""
PREFIX_LENGTH = 5
"""The best single prefix for Kazakh retrieval (nDCG .752); kept for all languages."""


class Language:
    """One language in one script; instances are stateless, results can be cached."""

    final_apostrophes: ClassVar[bool] = False
    """Whether words may end in an apostrophe (`jan'` in the alphabet of 2017)."""
    stems_are_words: ClassVar[bool] = False
    """Whether a stem can be shown to readers: a dictionary form, not a root."""
    signs: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """The words for symbols: readers who type `пайыз` find `50 %`."""

    function_words: ClassVar[frozenset[str]] = frozenset()
    """Exact forms of words that a query does not require; see `function_words.py`."""
    has_lexicon: ClassVar[bool] = False
    """Whether the language has a lexicon, in which `has_word` looks words up."""
    orthographies: ClassVar[tuple[str, ...]] = ()
    """Scripts and alphabets that texts are in, if several: `Cyrl`, `Latn-1929`, …"""

    def __init__(self, code: str, script: str | None = None) -> None:
        """Set the language subtag `code` (`kk`) and the ISO 15924 `script` (`Latn`)."""
        self.code = code
        self.script = script

    def script_for(self, text: str) -> str | None:
        """Return the script in which to read the words of `text`."""
        return self.script

    def orthography_of(self, text: str) -> str:
        """Return which of `orthographies`, if there are any, `text` is in."""
        return ""

    def with_letters(self, text: str) -> str:
        """Return `text` with letters for signs that stand for them, of equal length."""
        return text

    def variants(self, word: str) -> Variants:
        """Return the variants of one word, given as it was written."""
        exact = self.normalise(word[:LONGEST_WORD])
        return Variants(
            exact, self.stems(exact), self.prefix(exact), self.folded(exact)
        )

    def normalise(self, word: str) -> str:
        """Return the exact form; idempotent."""
        return normalise(word)

    def stems(self, exact: str) -> tuple[str, ...]:
        """Return one or two stems of a word in its exact form."""
        return (exact,)

    def prefix(self, exact: str) -> str:
        """Return the prefix that related words share."""
        return exact[:PREFIX_LENGTH]

    def folded(self, exact: str) -> str:
        """Return the key of the first stem."""
        return fold(self.stems(exact)[0])

    def other_words(self, word: str) -> tuple[str, ...]:
        """Return the words that `word` of a query is also taken for."""
        return ()

    def key(self, exact: str) -> str:
        """Return the key of the word itself, not of its stem."""
        return fold(exact)

    def is_ending(self, head: str, tail: str) -> bool:
        """Return whether `tail`, after a hyphen or number, is an ending, not a word."""
        return False

    def is_function_word(self, exact: str, stems: tuple[str, ...]) -> bool:
        """Return whether a word with these variants is a function word."""
        return exact in self.function_words

    def has_word(self, exact: str, stems: tuple[str, ...]) -> bool:
        """Return whether the word is in the lexicon; always False if there is none."""
        return False
