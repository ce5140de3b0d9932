"""Morphophonology: changes of a stem before an ending, and their reversal.

voicing   п, к, қ between vowels become б, г, ғ     кітап + ы = кітабы, тап + а = таба
uttering  п before -ып of the converb becomes у     тап + ып = тауып
melting   й + а = я, й + у = ю, ы/і + й = и         қой + а = қоя, оқы + йды = оқиды
swallowing  ы/і is lost before the gerund's у       оқы + у = оқу
shortening  a last ы/і is lost before a vowel       халық + ы = халқы, орын + ы = орны
softness  ь is lost before a vowel                  автомобиль + і = автомобилі
"""

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
