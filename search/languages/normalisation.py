"""Normalisation: one spelling for one word, the first step for every language.

`normalise` is language-neutral and idempotent. Its steps, in order:

presentation forms  ﬁ, full-width and Arabic presentation letters become plain ones
invisible           soft hyphens, zero-width and direction marks, tatweel are dropped
NFC                 и + ̆ becomes й, a + ̈ becomes ä
digits              ٢٠٢٥ and २०२५ become 2025
apostrophes         ’ ʼ ʻ ` ´ ′ become ', and the hyphens of Unicode become -
stress              за́мок becomes замок; Arabic vowel points are dropped
Roman numerals      ХІХ in Cyrillic letters becomes XIX in Latin ones
homoglyphs          a Latin letter in a Cyrillic word becomes Cyrillic, and vice versa
lower case          İ and i̇ become i, ı stays ı, I becomes i
"""

import re
import unicodedata

from .homoglyphs import unify
from .marks import MARKS

_PLAIN_CYRILLIC = re.compile("[а-яёәғқңөұүһА-ЯЁӘҒҚҢӨҰҮҺ]+")
"""The common case. Without і, І, х, Х and Latin: those may be Roman numerals."""

_PRESENTATION = re.compile(
    "[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc\uff01-\uff5e\uff65-\uff9f]+"
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u0640\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]+"
)
_APOSTROPHE = re.compile("[’‘‛ʼʻʽʹˈ`´′＇ꞌ]")
_HYPHEN = re.compile("[\u2010\u2011]")
_POINTED_ARABIC = re.compile("[\u064b-\u0652\u0656-\u065f\u0670]+")
_LEADING_MARKS = re.compile(f"^[{MARKS}]+")
_DIGIT = re.compile("[^\\D0-9]")
_STRESS = re.compile("[\u0300\u0301]+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_DOT_ABOVE_I = re.compile("(?<=[iIіІ])\u0307+")

INVISIBLE_CHARACTERS = _INVISIBLE.pattern[1:-2]
"""The invisible characters in words, as the content of a regular expression's set."""
APOSTROPHES = _APOSTROPHE.pattern[1:-1] + "'"
"""All characters typed as an apostrophe, as the content of such a set."""


def normalise(word: str) -> str:
    """Return the one lower-case spelling of `word`, which is a single token.

    Never raises; `normalise(normalise(w)) == normalise(w)` for any string. The result
    is empty if the word has only invisible characters.
    """
    if word.isascii() and word.isalnum():
        return word.lower()
    if _PLAIN_CYRILLIC.fullmatch(word):
        lowered = word.lower()
        if "х" not in lowered or lowered.strip("х"):
            return lowered
    return _lower(unify(_strip_points(compose(word))))


def strip_invisible(text: str) -> str:
    """Drop soft hyphens, zero-width characters, direction marks and tatweel."""
    return _INVISIBLE.sub("", text)


def compose(word: str) -> str:
    """Apply the steps before the stress, which keep a word's capitals and alphabet."""
    word = _PRESENTATION.sub(_decompose, word)
    word = _LEADING_MARKS.sub("", strip_invisible(word))
    word = _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), word)
    word = unicodedata.normalize("NFC", word)
    return _HYPHEN.sub("-", _APOSTROPHE.sub("'", word))


def _decompose(match: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", match[0])
    # A ligature of several words (ﷺ) stays: a word has no spaces.
    return match[0] if " " in plain else plain


def _strip_points(word: str) -> str:
    if _CYRILLIC.search(word):
        word = _STRESS.sub("", word)
    # İ.lower() would leave a combining dot above.
    word = _DOT_ABOVE_I.sub("", word.replace("İ", "i"))
    return _POINTED_ARABIC.sub("", word)


def _lower(word: str) -> str:
    return unicodedata.normalize("NFC", word.lower())
