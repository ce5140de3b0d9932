"""Folding of words outside Kazakh to what can be typed on a simpler keyboard.

Latin letters lose their diacritics, Cyrillic letters are replaced by those of a Russian
keyboard, and Arabic letters lose hamza and the differences between keyboards.
"""

import unicodedata

_GROUPS = {
    # Cyrillic
    "а": "ӓӑ",
    "г": "ғґҕѓӷ",
    "д": "ђ",
    "е": "ёєѐӗ",
    "ж": "җӂ",
    "з": "ҙ",
    "и": "йіїѝӣ",
    "к": "қҡҝҟќӄ",
    "л": "љ",
    "н": "ңҥњӈ",
    "о": "өӧ",
    "с": "ҫ",
    "у": "ұүўӯӱ",
    "х": "һҳ",
    "ч": "ҷҹћџӌ",
    "э": "ә",
    # Latin letters without a decomposition
    "a": "ə",
    "d": "đð",
    "h": "ħ",
    "i": "ı",
    "l": "ł",
    "n": "ŋ",
    "o": "øɵ",
    "s": "ſ",
    "t": "ŧ",
    "ae": "æ",
    "oe": "œ",
    "ss": "ß",
    "th": "þ",
    # Greek
    "σ": "ς",
    # Arabic
    "ا": "أإآٱ",
    "ي": "ىیېئ",
    "ك": "ک",
    "ه": "ةۀەھہ",
    "و": "ؤ",
    "": "ءٴ'",
}
"""Key letter → the letters that are replaced by it."""

_LETTERS = str.maketrans(
    {letter: key for key, letters in _GROUPS.items() for letter in letters}
)


def fold(word: str) -> str:
    """Return the key of `word`, which is normalised. Idempotent."""
    if word.isascii():
        return word.replace("'", "")
    decomposed = unicodedata.normalize("NFD", word.translate(_LETTERS))
    bare = "".join(filter(_is_not_mark, decomposed))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


def _is_not_mark(character: str) -> bool:
    # Indic vowel signs are marks, too, but of combining class 0: they stay.
    return not unicodedata.combining(character)
