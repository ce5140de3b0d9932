"""The registry's module for Kazakh: the stemmer of this package, in three scripts."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from ..homoglyphs import is_roman_numeral, unify
from ..language import LONGEST_ENDING, LONGEST_WORD, Language
from ..normalisation import compose
from ..script import dominant_script
from ..terms import Variants
from . import folded, prefix, stems
from .folding import SHORTEST, fold, folded_word
from .function_words import FORMS, QUESTION_FORMS, QUESTION_STEMS
from .morphology.lexicon import known
from .normalisation import normalise
from .orthographies import ORTHOGRAPHIES, orthography_of
from .stand_ins import with_letters
from .transliteration.latin_alphabets import PLAIN, alphabet_of
from .transliteration.latin_words import restore_back_consonants
from .transliteration.words import modern, read, script_of

_LATIN_WITH_ENDING = re.compile("([A-Za-z0-9]+)([а-яәғқңөұүһі]+)")
_OWN_LETTERS = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_HYPHENS = re.compile("([-\u2010\u2011])")


class Kazakh(Language):
    """Kazakh: words in Latin and Arabic letters are stemmed in Cyrillic.

    A Latin word without a distinctively Kazakh letter (`Google`, `Almaty`) is
    ambiguous: it is read as Kazakh in text of a Latin alphabet, and not in Cyrillic
    text. Without such context, as in a query, it is read as Kazakh if its stem is in
    the lexicon. If not, it keeps its spelling as exact form and second stem; its first
    stem is that of its Cyrillic reading.
    """

    final_apostrophes: ClassVar[bool] = True
    stems_are_words: ClassVar[bool] = True
    function_words: ClassVar[frozenset[str]] = FORMS | QUESTION_FORMS | QUESTION_STEMS
    has_lexicon: ClassVar[bool] = True
    orthographies: ClassVar[tuple[str, ...]] = ORTHOGRAPHIES
    signs: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"%": "пайыз", "№": "нөмір", "₸": "теңге", "$": "доллар", "€": "еуро"}
    )

    def script_for(self, text: str) -> str:
        """Return `Cyrl`, `Arab`, or the Latin alphabet of `text`; see `alphabet_of`."""
        script = self.script or dominant_script(text)
        return alphabet_of(text) if script == "Latn" else script

    def orthography_of(self, text: str) -> str:
        """Return the orthography of `text` by its letters."""
        return orthography_of(text)

    def with_letters(self, text: str) -> str:
        """Return `text` with letters for the signs of old fonts."""
        return with_letters(text)

    def variants(self, word: str) -> Variants:
        """Return the variants of the word's Cyrillic spelling, if it is Kazakh."""
        word = modern(compose(word[:LONGEST_WORD]))
        script = script_of(word, self._alphabet)
        if script == "Cyrl":
            word = unify(word)
            script = script_of(word, self._alphabet)
        if script is None:
            return foreign(word)
        if script == "Cyrl":
            return self._cyrillic(word.rstrip("'"))
        spelling = read(word, self._alphabet, capitals=False)
        if spelling is None or is_roman_numeral(word.upper()):
            return foreign(word)
        if script == "Latn" and alphabet_of(word) == PLAIN:
            return self._plain_latin(word, spelling)
        return variants_of(spelling)

    def normalise(self, word: str) -> str:
        """Return the normalised spelling, in Cyrillic if the word is Kazakh."""
        parts = _HYPHENS.split(compose(word))
        return normalise("".join(map(self._part, parts)))

    def key(self, exact: str) -> str:
        """Return the key that all three scripts share."""
        return fold(exact)

    def is_ending(self, head: str, tail: str) -> bool:
        """Return whether `tail` is an ending, as in БҰҰ-ның and 10-ға."""
        if len(tail) > LONGEST_ENDING:
            return False
        head = head[-LONGEST_WORD:]
        ending = read(tail, self._alphabet) or tail
        return "-" not in stems(f"{head}-{ending}")[0]

    def is_function_word(self, exact: str, stems: tuple[str, ...]) -> bool:
        """Return whether the word is a listed form, or a form of a question word."""
        return exact in self.function_words or not QUESTION_STEMS.isdisjoint(stems)

    def has_word(self, exact: str, stems: tuple[str, ...]) -> bool:
        """Return whether any of the stems is in the lexicon."""
        return any(map(known, stems))

    @property
    def _alphabet(self) -> str | None:
        latin = self.script is not None and self.script.startswith("Latn")
        return self.script if latin else None

    def _part(self, part: str) -> str:
        return normalise(part) if script_of(part) is None else self.variants(part).exact

    def _cyrillic(self, word: str) -> Variants:
        mixed = _LATIN_WITH_ENDING.fullmatch(word)
        if mixed and self.is_ending(mixed[1], mixed[2]):
            return self.variants(mixed[1])._replace(exact=normalise(word))
        variants = variants_of(word)
        if _OWN_LETTERS.search(word) or known(variants.stems[0]):
            return variants
        return _from_russian_keyboard(variants)

    def _plain_latin(self, word: str, spelling: str) -> Variants:
        if self.script == "Cyrl":
            return foreign(word)
        if self._alphabet not in (None, PLAIN):
            return variants_of(spelling)
        if len(word) < SHORTEST:
            return foreign(word)
        found = stems(spelling)
        if known(found[0]):
            return variants_of(spelling)
        variants = foreign(word)
        return variants._replace(stems=(found[0], variants.exact))


def variants_of(word: str) -> Variants:
    """Return the variants of a Kazakh word in Cyrillic."""
    return Variants(normalise(word), stems(word), prefix(word), folded(word))


def foreign(word: str) -> Variants:
    """Return the variants of a word that is not read as Kazakh."""
    exact = normalise(word)
    return Variants(exact, (exact,), prefix(exact), folded_word(exact))


def _from_russian_keyboard(variants: Variants) -> Variants:
    """Add the stem of the Kazakh spelling, if that is known.

    `Кызылордада` also has the stem of Қызылордада.
    """
    restored = restore_back_consonants(variants.exact)
    if restored == variants.exact:
        return variants
    stem = stems(restored)[0]
    if not known(stem):
        return variants
    return variants._replace(stems=(stem, variants.stems[0]), folded=folded_word(stem))


def language(code: str, script: str | None = None) -> Kazakh:
    """Return the language object for the registry."""
    return Kazakh(code, script)
