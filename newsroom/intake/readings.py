"""The likelihood that a reading of bytes is Kazakh, Russian or English text."""

import math
import re

# Letters in a thousand: the higher of the shares in Kazakh news (20,729 word types of
# 11,239 sentences) and in Russian (the national corpus).
_SHARES = {
    "а": 128, "б": 26, "в": 45, "г": 17, "д": 44, "е": 84, "ё": 0.4, "ж": 20, "з": 17,
    "и": 74, "й": 15, "к": 35, "л": 52, "м": 32, "н": 67, "о": 110, "п": 28, "р": 55,
    "с": 55, "т": 63, "у": 26, "ф": 2.6, "х": 9.7, "ц": 4.8, "ч": 14, "ш": 13,
    "щ": 3.6, "ъ": 0.4, "ы": 79, "ь": 17, "э": 3.2, "ю": 6.4, "я": 20,
    "ә": 7, "ғ": 17, "қ": 31, "ң": 15, "ө": 9, "ұ": 9, "ү": 9, "һ": 0.3, "і": 56,
}  # fmt: skip
_MEAN = 15
_LETTERS = {
    letter: math.log(max(1, share) / _MEAN) for letter, share in _SHARES.items()
}
# Points of characters beside the letters above.
_ACCENTED, _PUNCTUATION, _SIGN, _FOREIGN, _NO_TEXT = 0.5, 0.0, -2.5, -4.0, -8.0
_MARKS = frozenset("«»„“”‘’–—…№•·§©®°±€£\xa0\xad")
_ACCENTED_LATIN = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
# All but ASCII, and of that the control characters that are no white space.
_COUNTED = re.compile("[^\x09-\x0d\x20-\x7f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\u2500-\u259f]")
# Points for each place where case or script changes inside a word, and where a sign
# stands between two letters.
_CHANGE = -6.0
_CASE_CHANGE = re.compile(r"[a-zа-яёәғқңөұүһі][A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]")
_SCRIPT_CHANGE = re.compile(
    "[A-Za-zÀ-ÿ][\u0400-\u0405\u0407-\u0455\u0457-\u052f]"
    "|[\u0400-\u0405\u0407-\u0455\u0457-\u052f][A-Za-zÀ-ÿ]"
)
_SIGN_INSIDE = re.compile(r"(?<=[^\W\d_])[«»„“”–—…№•·§©®°±€£‡†¤¦](?=[^\W\d_])")


def likelihood(text: str) -> float:
    """Return the points of *text*: positive for usual letters, negative for others.

    ASCII counts nothing, since all encodings that are compared agree on it. Points are
    sums of logarithms, so the difference of two readings of the same bytes is the
    logarithm of how much likelier one of them is.
    """
    points = sum(map(_of_character, _COUNTED.findall(text)))
    inside = len(_CASE_CHANGE.findall(text)) + len(_SIGN_INSIDE.findall(text))
    return points + _CHANGE * (inside + len(_SCRIPT_CHANGE.findall(text)))


def _of_character(character: str) -> float:
    found = _LETTERS.get(character.lower())  # headlines may be in capitals
    if found is not None:
        return found
    if character in _MARKS:
        return _PUNCTUATION
    if _CONTROLS.match(character):
        return _NO_TEXT
    if _ACCENTED_LATIN.match(character):
        return _ACCENTED
    return _FOREIGN if _CYRILLIC.match(character) else _SIGN
