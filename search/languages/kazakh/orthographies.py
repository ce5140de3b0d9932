"""Orthographies of Kazakh texts, named like the scripts of :mod:`.scripts`.

The letters of a text tell its orthography:

Cyrl-1940   more Ӯ than Ұ, which replaced it
Latn-…      the votes of `alphabet_of`; all alphabets since 1990 count as `Latn`
Arab-1912   more of ه غ خ than of ە ع ح, which replaced them
"""

import unicodedata

from ..script import dominant_script
from .transliteration.latin_alphabets import OLD_LATIN, alphabet_of

ORTHOGRAPHIES = (
    "Cyrl",
    "Cyrl-1940",
    "Latn",
    *OLD_LATIN,
    "Arab",
    "Arab-1912",
)
SAMPLE = 20_000
"""Characters of a text that are examined."""

_INSTEAD = {"Cyrl": ("ӮӯЎў", "Ұұ"), "Arab": ("هغخ", "ەعح")}
"""The letters of a script's former orthography, and those of today's, by script."""
_FORMER = {"Cyrl": "Cyrl-1940", "Arab": "Arab-1912"}


def orthography_of(text: str) -> str:
    """Return the orthography of `text`, `Cyrl` without any letters."""
    text = unicodedata.normalize("NFC", text[:SAMPLE])
    script = dominant_script(text)
    if script == "Latn":
        alphabet = alphabet_of(text)
        return alphabet if alphabet in OLD_LATIN else script
    former, today = _INSTEAD[script]
    is_former = _count(text, former) > _count(text, today)
    return _FORMER[script] if is_former else script


def _count(text: str, letters: str) -> int:
    return sum(map(text.count, letters))
