"""Arabic letters to broad Cyrillic: choosing the series of each vowel letter.

The Arabic alphabet does not distinguish ә and а, ө and о, ү and ұ, і and ы. For each
such letter these rules apply in order; each has an example:

hamza      after ٴ every vowel of the word is front           ٴومىر → өмір
place      ا and و after the first syllable are а and о       كىتاپ → кітап
neighbour  ق or ع beside it: back; ك or گ beside it: front    قازىرگى → қазіргі
harmony    the series of the vowel before it; ە is front      مەكتەپتىڭ → мектептің
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
    """Return the letters of a word without hamza, as in forms that need none."""
    return word.translate(_LIGATURES).translate(_HAMZAS)


def has_hamza(word: str) -> bool:
    """Return whether the word has a hamza, so that its vowels are front."""
    return _STARTS_WITH_HAMZA.match(word) is not None


def broad_from_arabic(word: str, before: str = "", hamza: bool = False) -> str | None:
    """Return the broad Cyrillic of `word`, which is given without hamza.

    `hamza` says whether the word had one. `before` is the known spelling of the letters
    before `word` in the same word. Returns None if a letter is not in the alphabet.
    """
    front = True if hamza else _series(before)
    first = not before
    broad: list[str] = []
    for index, character in enumerate(word):
        certain = _CERTAIN.get(character)
        if certain is not None:
            broad.append(certain)
            if certain == "е":
                # After а, е occurs only in a loan or a surname: Назарбаевтың.
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
    """Return whether the last vowel of a stem is front, None for an empty stem.

    After other vowels и takes their series; as the only vowel it is front.
    """
    for character in reversed(spelling):
        if character in FRONT_VOWELS or character == "э":
            return True
        if character in BACK_VOWELS or character in "яю":
            return False
    if "и" in spelling:
        return True
    return False if spelling else None
