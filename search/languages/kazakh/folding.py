"""One key for a Kazakh word in every script and on every keyboard.

Қызылорда, Qyzylorda, Qızılorda, Kyzylorda, Кызылорда and قىزىلوردا have the key
`kizilorda`. Letters that are confused in some spelling share a key letter. Digraphs are
reduced after that, in Cyrillic words too, so that all scripts give the same key.
"""

import re
from functools import cache, lru_cache

from ..folding import fold as in_own_script
from ..language import LONGEST_WORD
from . import places
from .normalisation import normalise
from .transliteration.words import is_old_latin, modern, read

_CYRILLIC = dict(
    zip(
        "абвгғджзийкқлмнңопрстуфхһыіәөұүеэѕјїєґў",
        "abvggdjziikklmnnoprstufhhiiaouueesjiegu",
        strict=True,
    )
) | {"ё": "e", "ц": "ts", "ч": "sh", "ш": "sh", "щ": "sh", "ю": "iu", "я": "ia"}

_LATIN = dict(
    zip(
        "qwxyáäəâǵğıïíîñńŋóöɵôúüūûýéèê",
        "kuhiaaaaggiiiinnnoooouuuuueee",
        strict=True,
    )
) | {"ş": "sh", "š": "sh", "ș": "sh", "ç": "sh", "č": "sh", "ž": "j"}
"""ý is у in the alphabet of 2018. Letters not listed stand for themselves."""

_ARABIC = dict(
    zip(
        "ابپتجحخدرزسعغفقكکگلمنڭوۇۋۆھهەيیى",
        "abptjhhdrzsggfkkkglmnnouuvhheiii",
        strict=True,
    )
) | {"چ": "sh", "ش": "sh", "أ": "a", "آ": "a", "إ": "a"}

_SILENT = dict.fromkeys("ъьءٴ\u0654", "")
_MARKS = dict.fromkeys(range(0x0300, 0x0370), "")

_LETTERS = str.maketrans(_CYRILLIC | _LATIN | _ARABIC | _SILENT) | _MARKS

_APOSTROPHES_2017 = {"s'": "sh", "c'": "sh", "y'": "u", "c": "ts"}
"""Letters with an apostrophe whose key differs from the plain letter; c alone is ц."""
_LATIN_SPELLINGS = re.compile("[scy]'|'|c(?!h)")

_REDUCTIONS = (
    ("kh", "h"),
    ("gh", "g"),
    ("zh", "j"),
    ("(?:s?c+h+|sh+c*)+", "sh"),
    ("ng+", "n"),
    ("ii+", "i"),
    ("ie", "e"),
    ("(?<=[ao])e", ""),
    ("u[ue]+", "u"),
)
"""Reductions of digraphs: kh, gh, zh, shch; ng for ң; ye for е; ae, oe, ue."""

_PATTERNS = tuple(
    (re.compile(pattern), replacement) for pattern, replacement in _REDUCTIONS
)
SHORTEST = 3
"""Letters of a key by which whole words match; see `folded_word`."""
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’ʼʻ`\u0300-\u036f\u00ad\u200b-\u200f])*")


def fold(text: str) -> str:
    """Return `text` with every word replaced by its key. Idempotent."""
    return _WORD.sub(lambda match: fold_word(match[0]), text)


@lru_cache(maxsize=1 << 14)
def fold_word(word: str) -> str:
    """Return the key of one word: lower-case ASCII if all letters are Kazakh ones."""
    key = _key(word[:LONGEST_WORD])[:LONGEST_WORD]
    return _places().get(key, key)


def folded_word(word: str) -> str:
    """Return the key by which a whole word, given as its stem, is found.

    A key of one or two letters (шш is sh, UN is ұн) would join unlike words: such words
    are folded within their script only (уй is үй).
    """
    key = fold_word(word)
    is_short = len(word) < SHORTEST or len(key) < SHORTEST
    return in_own_script(normalise(word)) if is_short else key


@cache
def _places() -> dict[str, str]:
    return places.keys(_key)


def _key(word: str) -> str:
    if is_old_latin(word):
        word = read(word) or word
    word = modern(normalise(word))
    key = _LATIN_SPELLINGS.sub(_latin_spelling, word).translate(_LETTERS)
    before = ""
    while before != key:
        before = key
        for pattern, replacement in _PATTERNS:
            key = pattern.sub(replacement, key)
    return key


def _latin_spelling(match: re.Match[str]) -> str:
    return _APOSTROPHES_2017.get(match[0], "")
