"""Homoglyphs of Latin and Cyrillic, and the alphabet that a word is meant in.

Kazakh is often typed with the Latin i, and optical character recognition mixes
alphabets: `кiтап`, `Cот`, `ХIХ`. A search for the correct spelling must find these
words, too.
"""

import re

LATIN_TO_CYRILLIC = dict(
    zip(
        "aceikopxyhəɵ" + "ABCEHIKMOPTXYƏƟ",
        "асеікорхуһәө" + "АВСЕНІКМОРТХУӘӨ",
        strict=True,
    )
)
"""Only shapes that are equal in an upright typeface; h is Kazakh һ.

s and j are left out, although ѕ and ј look like them: no Kazakh or Russian word has
those, and `Kaspiге` would become letters of no alphabet.
"""

CYRILLIC_TO_LATIN = {
    cyrillic: latin for latin, cyrillic in LATIN_TO_CYRILLIC.items()
} | {"Һ": "H"}

_ABSENT = frozenset("iIhHəƏɵƟ")
"""Latin stand-ins for letters of Kazakh that Russian keyboards lack."""

_TO_CYRILLIC = str.maketrans(LATIN_TO_CYRILLIC)
_TO_LATIN = str.maketrans(CYRILLIC_TO_LATIN)

_LATIN = re.compile("[A-Za-zªºꞐꞑ\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_PART = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_WITH_ENDING = re.compile("(?:[A-Za-z]{3,}|[A-Z]{2,})[а-яёәғқңөұүһі]{2,}")
"""A Latin word with a Cyrillic ending, as in TikTokта: no slip of the keyboard."""
_ROMAN = re.compile("(?=..)[XxХх]{0,3}(?:[IiІі][XxХх]|[IiІі]?[Vv]|[Vv]?[IiІі]{0,3})")
"""A Roman numeral under forty with two letters or more, in either alphabet."""
_ROMAN_LETTERS = str.maketrans("ХІхі", "XIxi")


def unify(word: str) -> str:
    """Give each part of `word` one alphabet, and Roman numerals the Latin alphabet."""
    return mend(_PART.sub(_latin_numeral, word)) if _CYRILLIC.search(word) else word


def mend(word: str) -> str:
    """Give each hyphenated part of `word` one alphabet if homoglyphs allow it.

    A part with distinctive letters of both alphabets (`YouTubeтің`) is not changed.
    """
    if not _CYRILLIC.search(word):
        return word
    return _PART.sub(lambda match: _mend_part(match[0]), word)


def _latin_numeral(match: re.Match[str]) -> str:
    part = match[0]
    return part.translate(_ROMAN_LETTERS) if _ROMAN.fullmatch(part) else part


def is_roman_numeral(word: str) -> bool:
    """Return whether `word` is a Roman numeral under 40 with two letters or more.

    It must be in capitals, which may be Latin or Cyrillic.
    """
    return word.isupper() and _ROMAN.fullmatch(word) is not None


def _mend_part(part: str) -> str:
    if _WITH_ENDING.fullmatch(part):
        return part
    latin = _LATIN.findall(part)
    cyrillic = _CYRILLIC.findall(part)
    if not latin or not cyrillic:
        return part
    to_cyrillic = all(letter in LATIN_TO_CYRILLIC for letter in latin)
    to_latin = all(letter in CYRILLIC_TO_LATIN for letter in cyrillic)
    if to_cyrillic and to_latin:
        # Every letter has a homoglyph: the alphabet with more of the letters wins. A
        # Latin i or h is one that a Russian keyboard lacks: iрi.
        is_typed = _ABSENT.issuperset(latin)
        to_cyrillic = is_typed or len(cyrillic) >= len(latin)
    if to_cyrillic:
        return part.translate(_TO_CYRILLIC)
    if to_latin:
        return part.translate(_TO_LATIN)
    return part
