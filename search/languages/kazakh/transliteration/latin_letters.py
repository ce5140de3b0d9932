"""The Latin alphabets to broad Cyrillic: what the letters alone determine.

Broad Cyrillic leaves open what most Latin drafts leave open: и also stands for й, х for
һ, е for э, иа for я, тс for ц, and ъ ь are absent. `reading` resolves these.
"""

import re
from functools import lru_cache

from .latin_alphabets import PLAIN
from .letters import ALPHABETS

_BASE = "абвгғджзикқлмнңоөпрстуүұфхшчыіәе"
"""Letters with their own spelling in a Latin alphabet; others map to these."""

_AFTER_VOWELS = tuple(zip("aäeioöuü", "аәеиоөуү", strict=True))
_VARIANTS = {
    "Latn": {"ŋ": "ң", "ə": "ә", "ç": "ч"}
    | {f"{vowel}ya": f"{vowel_cyrillic}иа" for vowel, vowel_cyrillic in _AFTER_VOWELS}
    | {f"{vowel}yu": f"{vowel_cyrillic}иу" for vowel, vowel_cyrillic in _AFTER_VOWELS},
    "Latn-2019": {"ñ": "ң", "ə": "ә", "yo": "ио", "yw": "иу", "ya": "иа", "h": "х"},
    "Latn-2018": {"ə": "ә"},
    "Latn-2017": {},
    "Latn-2007": {"y": "й", "é": "э", "c": "ц", "h": "һ", "ə": "ә", "î": "и", "ŋ": "ң"}
    | {"ya": "иа", "yu": "иу", "yw": "иу", "yo": "ио"},
}
"""Spellings accepted in addition to the alphabet's own row."""

_ASCII = {
    **dict(zip("abdefghijklmnopqrstuvwxyz", "абдефгхижклмнопқрстувухыз", strict=True)),
    **{"sh": "ш", "ch": "ч", "zh": "ж", "gh": "ғ", "kh": "х", "shch": "щ", "sch": "щ"},
    **{"ya": "иа", "yu": "иу", "yo": "ио", "ye": "е", "c": "к"},
    **{"ay": "аи", "ey": "еи", "oy": "ои", "uy": "уи"},
    **{"aya": "аиа", "eya": "еиа", "oya": "оиа", "uya": "уиа"},
    **{"aye": "ае", "eye": "ее", "oye": "ое", "uye": "уе"},
}
"""Spellings without distinctive letters of the alphabets: Kyzylorda, Zhezkazgan."""


@lru_cache(maxsize=8)
def _table(alphabet: str) -> tuple[re.Pattern[str], dict[str, str]]:
    if alphabet == PLAIN:
        table = _ASCII
    else:
        letters = ALPHABETS[alphabet]
        table = {letters[letter]: letter for letter in _BASE} | _VARIANTS[alphabet]
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), table


def broad_from_latin(word: str, alphabet: str) -> str | None:
    """Return the broad Cyrillic of a lower-case word.

    Returns None if a letter is not in the alphabet.
    """
    pattern, table = _table(alphabet)
    broad = []
    end = 0
    while end < len(word):
        match = pattern.match(word, end)
        if match is None:
            return None
        broad.append(table[match[0]])
        end = match.end()
    return "".join(broad)
