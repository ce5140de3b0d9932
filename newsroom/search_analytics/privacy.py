"""Selection of queries that may be counted: short, and without personal data."""

import re
import unicodedata
from functools import lru_cache

from search.query.fields import date_filter_names

# Nobody types a longer query: it is pasted, and may contain anything.
MAX_TEXT_LENGTH = 200
# The shortest telephone numbers with an area code have seven digits, an IIN has twelve,
# a card sixteen. A year, a sum or a law's number has fewer.
MIN_PERSONAL_DIGITS = 7

_EMAIL = re.compile(r"[^\s@]@[^\s@]")
_ADDRESS = re.compile(r"://|\w\.\w")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
# The value of a date filter of the search, which refers to articles.
_DATE = rf"{_YEAR.pattern}(?:-\d\d){{0,2}}(?!\d)"


def normalised(text: str) -> str:
    """Return *text* composed (NFC) and case-folded, with single spaces.

    Control characters count as spaces, and invisible characters (zero-width, direction
    marks) are removed: otherwise, texts that look the same would have different rows.
    """
    seen = "".join(
        " " if category in {"Cc", "Cs"} else character
        for character in text
        if (category := unicodedata.category(character)) != "Cf"
    )
    folded = unicodedata.normalize("NFC", seen).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split())


def looks_personal(text: str) -> bool:
    """Return whether normalised *text* may contain personal data.

    That is an e-mail address, a personal number (telephone, IIN, document, card) or a
    URL with a query string. One or two years alone are allowed, as in «1941–1945»; any
    other seven digits are not, so that a full date is rejected too: it may be a
    birthday. A text of more than :data:`MAX_TEXT_LENGTH` characters is rejected unread,
    since it may contain anything.
    """
    if len(text) > MAX_TEXT_LENGTH:
        return True
    plain = unicodedata.normalize("NFKC", text).casefold()  # ＠ is @, １ is 1
    if _EMAIL.search(plain) or any(map(_has_query, plain.split())):
        return True
    groups = re.findall(r"\d+", _date_filter().sub(" ", plain))
    if len(groups) <= 2 and all(map(_YEAR.fullmatch, groups)):
        return False
    return sum(map(len, groups)) >= MIN_PERSONAL_DIGITS


def _has_query(word: str) -> bool:
    """Return whether *word* is a URL with a query or fragment.

    Such a URL may give access to an account.
    """
    end = max(word.rfind("?", 0, -1), word.rfind("#", 0, -1))
    return end > 0 and _ADDRESS.search(word, 0, end) is not None


def _date_filter() -> re.Pattern[str]:
    """Return the pattern of date filters in any language: ``before:2025-07-01``."""
    return _pattern_of(tuple(sorted(date_filter_names())))


@lru_cache(maxsize=4)
def _pattern_of(names: tuple[str, ...]) -> re.Pattern[str]:
    plain = (unicodedata.normalize("NFKC", name).casefold() for name in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, plain))}):{_DATE}")


def is_countable(text: str) -> bool:
    """Return whether normalised *text* is a query that can be shown to editors."""
    return (
        len(text) <= MAX_TEXT_LENGTH
        and any(map(str.isalnum, text))
        and not looks_personal(text)
    )
