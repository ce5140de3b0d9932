"""The folded form of words outside Kazakh: what remains when a keyboard lacks letters.

Latin letters lose their diacritics, Cyrillic ones become those of a Russian keyboard,
Arabic ones lose hamza and the differences between keyboards.
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
    # Latin letters that no decomposition reaches
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
"""Key letter → the letters that become it."""

_LETTERS = str.maketrans(
    {letter: key for key, letters in _GROUPS.items() for letter in letters}
)


def fold(word: str) -> str:
    """Return the key of `word`, which is in its normal form. Idempotent."""
    if word.isascii():
        return word.replace("'", "")
    decomposed = unicodedata.normalize("NFD", word.translate(_LETTERS))
    bare = "".join(filter(_is_not_mark, decomposed))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


def _is_not_mark(character: str) -> bool:
    # Indic vowel signs are marks too, but of class zero: they stay.
    return not unicodedata.combining(character)
