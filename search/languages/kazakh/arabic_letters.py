"""From Arabic letters to broad Cyrillic: which series each vowel letter belongs to.

Arabic letters write ә and а alike, ө and о, ү and ұ, і and ы. The rules, in order, for
each such letter, with a word that needs them:

hamza      after ٴ every vowel of the word is front           ٴومىر → өмір
place      ا and و after the first syllable are а and о       كىتاپ → кітап
neighbour  ق or ع beside it: back; ك or گ beside it: front    قازىرگى → қазіргі
harmony    the series of the vowel before it, ە being front   مەكتەپتىڭ → мектептің
clue       in a first syllable, any ە ك گ of the word: front  ۇلكەن → үлкен
otherwise  back                                               قالا → қала
"""

import re

from .letters import ALPHABETS, BACK_VOWELS, FRONT_VOWELS, HAMZA

_PAIRS = {"ا": "аә", "و": "оө", "ۇ": "ұү", "ى": "ыі"}
"""Vowel letter → its back and its front reading."""

_CERTAIN = {
    ALPHABETS["Arab"][letter]: letter for letter in "бвгғджзкқлмнңпрстуфхһчшие"
} | {"ه": "һ", "ی": "и", "ک": "к", "غ": "ғ", "خ": "х", "ة": "е"}

_HAMZAS = str.maketrans("", "", HAMZA + "\u0621\u0654")
_LIGATURES = str.maketrans(
    {"\u0675": "\u0674ا", "\u0676": "\u0674و", "\u0677": "\u0674ۇ", "\u0678": "\u0674ى"}
)
_STARTS_WITH_HAMZA = re.compile("[\u0674\u0621\u0675-\u0678]|.\u0654")
_FRONT_CLUE = re.compile("[كکگە]")
_VOWELS = "اوۇىەيۋ"
_LOAN = re.compile(f"^[^{_VOWELS}]{{2}}|[ۆفچ]|سسي|ييا")
_WIDE_NEXT = re.compile(f"[^{_VOWELS}]*[او]")
_INSTRUMENTAL = re.compile("[مبپ]ەن$")
_BACK = frozenset("قعغ")
_FRONT = frozenset("كکگ")


def without_hamza(word: str) -> str:
    """The letters of a word: what its stem shares with forms that need no hamza."""
    return word.translate(_LIGATURES).translate(_HAMZAS)


def has_hamza(word: str) -> bool:
    """Whether the word says itself that its vowels are front."""
    return _STARTS_WITH_HAMZA.match(word) is not None


def broad_from_arabic(word: str, before: str = "", hamza: bool = False) -> str | None:
    """Broad Cyrillic of `word`, which has no hamza left; `hamza` says if it had one.

    `before` is the known spelling of what precedes it in its word. None if a letter is
    not in the alphabet.
    """
    front = True if hamza else _series(before)
    first = not before
    broad: list[str] = []
    for index, character in enumerate(word):
        certain = _CERTAIN.get(character)
        if certain is not None:
            broad.append(certain)
            if certain == "е":
                # After а it stands in a loan or a surname only: Назарбаевтың.
                front, first = word[index - 1 : index] != "ا" or hamza, False
        elif character in _PAIRS:
            if not hamza:
                front = _is_front(word, index, front, first)
            broad.append(_PAIRS[character][bool(front)])
            first = False
        else:
            return None
    return "".join(broad)


def _is_front(word: str, index: int, series: bool | None, first: bool) -> bool:
    character = word[index]
    wide = character in "او"
    around = {word[index - 1 : index], word[index + 1 : index + 2]}
    if wide and (not first or word[index - 1 : index] == "ي"):
        return False
    if not around.isdisjoint(_BACK):
        return False
    if wide and _LOAN.search(word):
        return False
    if wide and _WIDE_NEXT.match(word, index + 1):
        return False
    if not around.isdisjoint(_FRONT) and character != "ا":
        return True
    if series is None:
        return _FRONT_CLUE.search(_INSTRUMENTAL.sub("", word)) is not None
    return series


def _series(spelling: str) -> bool | None:
    """Whether the last vowel of a stem is front; и takes the series before it."""
    for character in reversed(spelling):
        if character in FRONT_VOWELS or character == "э":
            return True
        if character in BACK_VOWELS or character in "яю":
            return False
    if "и" in spelling:
        return True
    return False if spelling else None
