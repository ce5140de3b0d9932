"""Alphabetical order of names, with Kazakh letters in their place among Cyrillic ones.

The order of code points puts the Kazakh letters elsewhere.
"""

import unicodedata

from search.languages.kazakh.transliteration.letters import CYRILLIC

# Leading letters of a name that decide its position; few names share this many.
SORTED_LETTERS = 40
_LETTERS = {letter: place for place, letter in enumerate(CYRILLIC)}
# Sorts before every letter, so that a name comes before its own extensions.
_END = "00000"


def alphabetical(text: str) -> tuple[tuple[int, int], ...]:
    """Return a sort key for alphabetical order: Latin letters, then Cyrillic ones.

    Characters before the first letter or digit, such as quotation marks, do not count.

    On SQLite an index of headlines is sorted by this key, through
    :mod:`search.collation`: after a change here, a migration has to run ``REINDEX
    archive_alphabet``.
    """
    letters = (_base(letter) for letter in _from_first_letter(text).casefold())
    return tuple(
        (1, _LETTERS[letter]) if letter in _LETTERS else (0, ord(letter))
        for letter in letters
    )


def sort_key(text: str, pk: int) -> str:
    """Return the same order as text that any database collation sorts correctly.

    The text has five hexadecimal digits for each letter and ends with *pk*, the
    primary key, so that no two rows have equal keys.
    """
    places = alphabetical(text)[:SORTED_LETTERS]
    letters = "".join(f"{script:x}{place & 0xFFFF:04x}" for script, place in places)
    return f"{letters}{_END}{pk:012x}"


def initial(text: str) -> str:
    """Return the letter *text* is listed under, ``#`` if it starts with no letter."""
    first = _from_first_letter(text)[:1].casefold()
    return _base(first).upper()[:1] if first.isalpha() else "#"


def _from_first_letter(text: str) -> str:
    """Return *text* without characters before its first letter or digit, such as «."""
    start = next((n for n, sign in enumerate(text) if sign.isalnum()), 0)
    return text[start:].strip()


def _base(letter: str) -> str:
    """Return *letter* without accents if it is not in the Cyrillic alphabet."""
    return letter if letter in _LETTERS else unicodedata.normalize("NFD", letter)[0]
