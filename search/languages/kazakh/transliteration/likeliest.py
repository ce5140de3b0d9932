"""The reading of single Latin words, whose alphabet no text tells.

A third of the words in the alphabet of 2021 are plain ASCII, and letters mean different
sounds in the alphabets: bul is бұл in 2018 and бул in 2021. A word is read in each
alphabet, and the spelling that makes the cheapest word wins (`disambiguation`). The
clues of `latin_alphabets` and shapes that Kazakh words do not have decide among words
that no lexicon knows.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..morphology.disambiguation import cost, ranked
from ..morphology.lexicon import listed
from . import old_latin
from .latin_alphabets import LATER, OLD_LATIN, PLAIN, votes_for
from .latin_words import is_foreign, spelled

VOTE = 0.6
"""The cost that a vote of a clue takes from an alphabet."""
UNUSUAL = 1.0
"""Cost of a shape that Kazakh words do not have."""
UNREADABLE = 30.0
"""Cost of a word with a letter that the alphabet lacks."""
WITHOUT_OWN_LETTERS = 0.5
"""Cost of assuming that a word is spelled without the letters of any alphabet."""
CERTAIN = 6.0
"""Cost of a known word that counts even with a foreign letter: jaw is жау in 2019."""

_CYRILLIC = re.compile("[а-яёәғқңөұүһі]+")
_UNUSUAL_SHAPES = re.compile(
    "(?<=[бвгғджзкқлмнңпрстфхһцчшщй])й"  # сйр
    "|(?<=[аәеоөүұыіиу])[ыі]"  # аы
    "|[аоұыя](?=[^аәеёиоөуүұыіэюя]*[іүө])"  # back, then front: қарпінын
    "|[әеөүі](?=[^аәеёиоөуүұыіэюя]*[ыұо])"
)


class LatinReading(NamedTuple):
    """A word read in one alphabet; the lower the cost, the likelier."""

    cost: float
    spelling: str
    alphabet: str


@lru_cache(maxsize=1 << 13)
def readings(word: str) -> tuple[LatinReading, ...]:
    """Return the readings of a Latin word in all alphabets, the cheapest first."""
    votes = votes_for(word)
    looks_foreign = is_foreign(word)
    found = []
    for alphabet in _alphabets(word, votes):
        spelling = None if is_foreign(word, alphabet) else spelled(word, alphabet)
        if spelling is None:
            continue
        price = spelling_cost(spelling) - VOTE * votes.get(alphabet, 0.0)
        if alphabet == PLAIN:
            price += WITHOUT_OWN_LETTERS
        if not looks_foreign or _is_certain(spelling):
            found.append(LatinReading(price, spelling, alphabet))
    return tuple(sorted(found, key=lambda reading: reading.cost))


def _alphabets(word: str, votes: dict[str, float]) -> tuple[str, ...]:
    """Return the alphabets to try; those of 1929–40 only for words with their marks."""
    if old_latin.is_distinctive(word):
        return OLD_LATIN
    old = tuple(alphabet for alphabet in OLD_LATIN if votes[alphabet] > 0)
    return (*LATER, PLAIN, *old)


def _is_certain(spelling: str) -> bool:
    """Return whether a spelling is a form of a known word."""
    if not _CYRILLIC.fullmatch(spelling) or cost(spelling) > CERTAIN:
        return False
    return listed(ranked(spelling)[0].stem)


def likeliest_alphabet(words: Sequence[str]) -> str:
    """Return the alphabet in which `words`, a short text, make the likeliest Kazakh."""
    totals = dict.fromkeys((*LATER, PLAIN, *OLD_LATIN), 0.0)
    for word in words:
        costs = {reading.alphabet: reading.cost for reading in readings(word)}
        for alphabet in totals:
            totals[alphabet] += costs.get(alphabet, UNREADABLE)
    return min(totals, key=totals.__getitem__)


def spelling_cost(spelling: str) -> float:
    """Return the cost of a spelling that letters of another alphabet suggest."""
    if not _CYRILLIC.fullmatch(spelling):
        return UNREADABLE
    return cost(spelling) + UNUSUAL * len(_UNUSUAL_SHAPES.findall(spelling))
