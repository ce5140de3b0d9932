"""Kazakh queries: readings that a word of a query has besides those of a text.

Texts are mostly spelled with all letters of Kazakh, queries often are not.

keyboard   a word without any of ә ғ қ ң ө ұ ү һ і is also read as if it was typed on a
           keyboard that has none of them. The spelling with the cheapest reading is
           searched too if it is cheaper than the word as it stands, by a margin: жана
           (to burn, new) is жаңа as well, but қала and бар are nothing else.
Latin      a Latin word is read in each Latin alphabet, and in plain letters as in
           passports, which leave open what a Russian keyboard does. The cheapest
           readings are searched.
name       a word that is read as a form of another and is a given name, too, is also
           searched as the name: ермек.
"""

import re
from collections.abc import Iterable

from ..homoglyphs import is_roman_numeral
from ..language import LONGEST_WORD
from ..normalisation import compose
from ..script import dominant_script
from ..terms import Variants
from . import given_names, places, stems
from .folding import folded_word
from .keyboard import OWN_LETTERS, ending_spellings, spellings
from .language import Kazakh, foreign, variants_of
from .morphology.disambiguation import NEAR_TIE, cost, ranked
from .morphology.lexicon import known, listed, verb_of, weight
from .stemmer import CYRILLIC, FAMILIAR
from .transliteration.latin_alphabets import PLAIN
from .transliteration.latin_words import is_foreign, without_own_letters
from .transliteration.likeliest import readings, spelling_cost
from .transliteration.words import script_of, with_plain_apostrophes

MARGIN = 0.7
"""Cost by which another spelling must be cheaper than a word known as typed.

Of the words of news, 0.3 % are then searched by another word as well, and 95 % of those
with a Kazakh letter are found without it; at 0 it is 0.4 %, at 2 it is 94 %.
"""
MOST_READINGS = 3
"""Readings of a Latin word that are searched."""
CERTAIN = 1.0
"""Cost up to which a word of plain Latin letters is taken for a Kazakh one."""
LONG, CERTAIN_IF_LONG = 6, 4.0
"""Letters of a long word, which is hardly Kazakh by accident, and its limit."""

_KAZAKH_LETTER = re.compile("[^\0-\x7f]|q(?!u)", re.IGNORECASE)
"""An apostrophe is none, although it makes letters in 2017: ministry's."""


class KazakhQuery(Kazakh):
    """Kazakh as it is typed into a search field."""

    def script_for(self, text: str) -> str:
        """Return the script of `text`; of Latin letters, each word decides for itself.

        An alphabet that the language was asked for (`kk-Latn`) is kept.
        """
        if self.script:
            return self.script
        script = dominant_script(text)
        return "" if script == "Latn" else script

    def variants(self, word: str) -> Variants:
        """Return the variants of a word, with the stems of what else may be meant."""
        latin = compose(word)
        if not self.script and script_of(latin) == "Latn":
            place = places.meant(latin)
            return variants_of(place) if place else _latin(latin)
        return _or_place(_with_other_spellings(super().variants(word)), latin)

    def other_words(self, word: str) -> tuple[str, ...]:
        """Return the spellings with Kazakh letters that are searched besides `word`."""
        if self.script or len(word) > LONGEST_WORD:
            return ()
        latin = with_plain_apostrophes(compose(word))
        place = places.meant(latin)
        if place and self.variants(word).exact == place.lower():
            return (place,) if place.lower() != latin.lower() else ()
        if script_of(latin) != "Latn":
            return meant(self.normalise(word))
        found = [] if is_roman_numeral(latin.upper()) else latin_spellings(latin)
        if not found or not _is_kazakh(latin, *found[0]):
            return ()
        return tuple(_likely(found))

    def is_ending(self, head: str, tail: str) -> bool:
        """Return whether `tail` is an ending, also if typed without Kazakh letters."""
        if super().is_ending(head, tail):
            return True
        return OWN_LETTERS.isdisjoint(tail) and any(
            super(KazakhQuery, self).is_ending(head, ending)
            for ending in ending_spellings(tail)
        )


def meant(word: str) -> tuple[str, ...]:
    """Return the likelier spellings of a Cyrillic word typed without Kazakh letters.

    A word that is known as typed has one at most, an unknown word also a near-tie.
    """
    if not CYRILLIC.fullmatch(word) or not OWN_LETTERS.isdisjoint(word):
        return ()
    costs = sorted((cost(spelling), spelling) for spelling in spellings(word))
    if not costs:
        return ()
    dearest = min(cost(word) - MARGIN, costs[0][0] + NEAR_TIE)
    likely = [spelling for found, spelling in costs if found <= dearest]
    return tuple(likely[: 1 if known(stems(word)[0]) else 2])


def latin_spellings(word: str) -> list[tuple[float, str]]:
    """Return the Cyrillic spellings that a Latin word may have, cheapest first."""
    found: dict[str, float] = {}
    for price, spelling, alphabet in readings(word):
        found[spelling] = min(price, found.get(spelling, price))
        if alphabet == PLAIN:
            for typed in without_own_letters(word):
                found |= {other: spelling_cost(other) for other in spellings(typed)}
    return sorted((price, spelling) for spelling, price in found.items())


def _latin(word: str) -> Variants:
    word = with_plain_apostrophes(word)
    found = [] if is_roman_numeral(word.upper()) else latin_spellings(word)
    if not found:
        return foreign(word)
    likely = _likely(found)
    further = _stems_of(likely)
    if _is_kazakh(word, *found[0]):
        return variants_of(likely[0])._replace(stems=further)
    variants = foreign(word)
    return variants._replace(stems=(*further, variants.exact))


def _likely(found: list[tuple[float, str]]) -> list[str]:
    """Return the cheapest of the spellings *found*, and those that cost hardly more."""
    likely = [spelling for cost, spelling in found if cost <= found[0][0] + NEAR_TIE]
    return likely[:MOST_READINGS]


def _is_kazakh(word: str, price: float, spelling: str) -> bool:
    """Return whether a Latin word is surely Kazakh: by its letters, or as a word."""
    if _KAZAKH_LETTER.search(word):
        return True
    limit = CERTAIN_IF_LONG if len(word) >= LONG else CERTAIN
    return price <= limit and not is_foreign(word) and _is_known(spelling)


def _is_known(spelling: str) -> bool:
    return known(stems(spelling)[0]) or listed(ranked(spelling)[0].stem)


def _with_other_spellings(variants: Variants) -> Variants:
    others = meant(variants.exact)
    further = _stems_of(others)
    if _is_name_too(variants.exact):
        further = (*further, variants.exact)
    found = tuple(dict.fromkeys((*variants.stems, *further)))
    folded = folded_word(further[0]) if others else variants.folded
    return variants._replace(stems=found, folded=folded)


def _or_place(variants: Variants, word: str) -> Variants:
    """Return the variants of a place that `word` spells, if nothing else is known.

    Karaganda is Қарағанды, and not қарағанда, the locative of a participle.
    """
    place = places.meant(word)
    if place is None or not set(stems(place)).isdisjoint(variants.stems):
        return variants
    return variants if listed(ranked(variants.exact)[0].stem) else variants_of(place)


def _stems_of(words: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in words:
        found |= dict.fromkeys(stems(word))
        if _is_name_too(word):
            found[word] = None
    return tuple(found)


def _is_name_too(word: str) -> bool:
    """Return whether a word in lower case may be a given name: ермек, a form of еру.

    Names are seldom typed with a capital. Those that are put together (жіберген) do not
    count if a frequent verb has that form.
    """
    if not given_names.is_name(word):
        return False
    verb = verb_of(stems(word)[0])
    is_frequent = verb is not None and weight(verb, "verb") >= FAMILIAR
    return given_names.is_listed(word) or not is_frequent


def language(code: str, script: str | None = None) -> KazakhQuery:
    """Return the language object of queries for the registry."""
    return KazakhQuery(code, script)
