"""Morphophonology: changes of a stem before an ending, and their reversal.

voicing   п, к, қ between vowels become б, г, ғ     кітап + ы = кітабы, тап + а = таба
uttering  п before -ып of the converb becomes у     тап + ып = тауып
melting   й + а = я, й + у = ю, ы/і + й = и         қой + а = қоя, оқы + йды = оқиды
swallowing  ы/і is lost before the gerund's у       оқы + у = оқу
shortening  a last ы/і is lost before a vowel       халық + ы = халқы, орын + ы = орны
softness  ь is lost before a vowel                  автомобиль + і = автомобилі
lost д    зд loses its д before an ending           съезд + ге = съезге
doubled   one of two equal consonants is lost       класс + қа = класқа
glide     loans in ск, нг … take і before endings   киоск + ден = киоскіден
"""

import re
from collections.abc import Iterator

from .phonology import BACK, SYLLABIC, VOWELS

VOICED = {"п": "б", "к": "г", "қ": "ғ"}
VOICELESS = {voiced: voiceless for voiceless, voiced in VOICED.items()}
OPENING = SYLLABIC | {"й"}
"""Sounds after which п, к and қ are voiced; after a consonant they stay: халқы."""
SHORTENED = frozenset("рлнзскқгғпбш")
"""Consonants before which a last ы or і may be lost: ауыз, халық, көңіл, көрік."""


def join(stem: str, ending: str) -> str:
    """Return `stem` with `ending`, voiced and merged as the orthography requires."""
    last, first = stem[-1:], ending[:1]
    if last == "й" and first in ("а", "у"):
        return stem[:-1] + ("я" if first == "а" else "ю") + ending[1:]
    if last in ("ы", "і") and first == "й":
        return stem[:-1] + "и" + ending[1:]
    if last in ("ы", "і") and first == "у":
        return stem[:-1] + ending
    if first in VOWELS or first == "у":
        if last == "п" and ending in ("ып", "іп"):
            return stem[:-1] + "у" + ending
        if stem[-2:-1] in OPENING:
            return stem[:-1] + VOICED.get(last, last) + ending
    return stem + ending


def shortened(stem: str) -> str | None:
    """Return `stem` without its last ы or і (халық: халқ), None if none can be lost."""
    if len(stem) < 4 or stem[-2] not in "ыі" or stem[-1] not in SHORTENED:
        return None
    if stem[-3] in VOWELS or stem[-4] not in SYLLABIC:
        return None
    return stem[:-2] + stem[-1]


def undone(left: str, ending: str) -> Iterator[str]:
    """Yield the forms that may have become `left` before `ending`, likeliest first.

    >>> list(undone("кітаб", "ы"))
    ['кітап', 'кітаб']
    """
    if ending[0] not in VOWELS and ending[0] != "у":
        yield left
        return
    last = left[-1:]
    if last in VOICELESS and left[-2:-1] in OPENING:
        yield left[:-1] + VOICELESS[last]
    if last == "у" and ending in ("ып", "іп"):
        yield left[:-1] + "п"
    if last != "ғ":
        yield left


def can_be_root(form: str) -> bool:
    """Return whether a verb's root may end like `form`: no verb ends in -ов or -др."""
    return _NO_ROOT.search(form) is None


def unvoiced(left: str, ending: str) -> bool:
    """Return whether a verb would have to voice the end of `left` before `ending`.

    `шықу` is no form of шық-, which gives шығу; тоқу is one of тоқы-.
    """
    if ending[0] not in VOWELS and ending[0] != "у":
        return False
    return left[-1:] in VOICED and left[-2:-1] in OPENING and ending not in ("ып", "іп")


def restored(left: str) -> Iterator[tuple[str, bool]]:
    """Yield the loans that become `left` before endings, and whether a letter was lost.

    >>> list(restored("клас")), list(restored("киоскі"))
    ([('класс', True)], [('киоск', False)])
    """
    if _LOST_D.search(left):
        yield left + "д", True
    elif _LOST_DOUBLE.search(left):
        yield left + left[-1], True
    elif _ADDED_VOWEL.search(left):
        yield left[:-1], False


_NO_ROOT = re.compile(
    "[бвгғдфхцчщһьъэ]$|[бвгғджзкқпстфхцчшщ][рлмн]$|^[^аәеёиоөуұүыіэюя]*$"
)
_LOST_D = re.compile("[аеоуиыі]ез$|ъез$|оез$")
_LOST_DOUBLE = re.compile("[аеоуи](?:[слмп]|(?<=ва)т)$")
_ADDED_VOWEL = re.compile("[аеоуиыі](?:ск|нг|нк|рк|кт|кс|рг|мп|нкт|нт)і$")


def lengthened(left: str, tone: str) -> Iterator[str]:
    """Yield the stems that become `left` before a vowel by losing a vowel or ь."""
    if len(left) < 3 or left[-1] not in SHORTENED or left[-2] in VOWELS:
        if left[-1:] == "л":
            yield left + "ь"
        return
    vowel = "ы" if tone == BACK else "і"
    if left[-3] in SYLLABIC:
        yield left[:-1] + vowel + left[-1]
    if left[-1] == "л":
        yield left + "ь"
