"""The order of names: Kazakh letters among the Cyrillic ones, where their code points
do not put them."""

import unicodedata

from search.languages.kazakh.letters import CYRILLIC

# Letters of a name that decide its place in a list; few share so many.
SORTED_LETTERS = 40
_LETTERS = {letter: place for place, letter in enumerate(CYRILLIC)}
# Sorts before every letter, so that a name stands before those that go on from it.
_END = "00000"


def alphabetical(text: str) -> tuple[tuple[int, int], ...]:
    """A key that sorts by the alphabet: Cyrillic letters after Latin ones. Quotation
    marks before a name do not count.

    On SQLite an index of headlines is sorted by it, through :mod:`search.collation`:
    after a change, a migration has to run ``REINDEX archive_alphabet``.
    """
    letters = (_base(letter) for letter in _from_first_letter(text).casefold())
    return tuple(
        (1, _LETTERS[letter]) if letter in _LETTERS else (0, ord(letter))
        for letter in letters
    )


def sort_key(text: str, number: int) -> str:
    """The same order for a database, whatever its collation: five hexadecimal digits a
    letter. Ends with *number*, so that no two names of different things are equal."""
    places = alphabetical(text)[:SORTED_LETTERS]
    letters = "".join(f"{script:x}{place & 0xFFFF:04x}" for script, place in places)
    return f"{letters}{_END}{number:012x}"


def initial(text: str) -> str:
    """The letter that *text* is listed under: ``#`` where it begins with none."""
    first = _from_first_letter(text)[:1].casefold()
    return _base(first).upper()[:1] if first.isalpha() else "#"


def _from_first_letter(text: str) -> str:
    """Return *text* without what stands before its first letter or digit, such as «."""
    start = next((n for n, sign in enumerate(text) if sign.isalnum()), 0)
    return text[start:].strip()


def _base(letter: str) -> str:
    """Latin letters without their accents."""
    return letter if letter in _LETTERS else unicodedata.normalize("NFD", letter)[0]
