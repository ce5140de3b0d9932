"""Which texts may be counted: short ones that do not look like personal data."""

import re
import unicodedata

# Nobody types a longer query; it is a pasted passage, and may say anything.
MAX_TEXT_LENGTH = 200
# The shortest telephone numbers with a town's code have seven digits; an IIN has
# twelve, a card sixteen. A year, a sum or a law's number has fewer.
MIN_PERSONAL_DIGITS = 7

_EMAIL = re.compile(r"[^\s@]@[^\s@]")
_ADDRESS = re.compile(r"://|\w\.\w")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
# Dates of the search's own filters, which are about articles: before:2025-07-01
_DATE_FILTER = re.compile(
    r"(?<!\w)(?:year|before|after|жыл|дейін|кейін|год|до|после):"
    rf"{_YEAR.pattern}(?:-\d\d){{0,2}}(?!\d)"
)


def normalised(text: str) -> str:
    """Return *text* composed (NFC) and case-folded, with single spaces.

    Control characters count as spaces, invisible ones (zero-width, direction marks)
    are dropped: they would make two rows of what looks like one.
    """
    seen = "".join(
        " " if category in {"Cc", "Cs"} else character
        for character in text
        if (category := unicodedata.category(character)) != "Cf"
    )
    folded = unicodedata.normalize("NFC", seen).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split())


def looks_personal(text: str) -> bool:
    """Whether normalised *text* has an e-mail address, a number of a person (telephone,
    IIN, document, card) or an address with a query string in it.

    Two years may stand alone, as in «1941–1945»; any other seven digits may not, so
    that a full date is lost too: it may be a birthday. A text of more than
    :data:`MAX_TEXT_LENGTH` characters may say anything, and is not looked through.
    """
    if len(text) > MAX_TEXT_LENGTH:
        return True
    plain = unicodedata.normalize("NFKC", text).casefold()  # ＠ is @, １ is 1
    if _EMAIL.search(plain) or any(map(_has_query, plain.split())):
        return True
    groups = re.findall(r"\d+", _DATE_FILTER.sub(" ", plain))
    if len(groups) <= 2 and all(map(_YEAR.fullmatch, groups)):
        return False
    return sum(map(len, groups)) >= MIN_PERSONAL_DIGITS


def _has_query(word: str) -> bool:
    """Whether *word* is an address with a query or a fragment, which may open
    somebody's account."""
    end = max(word.rfind("?", 0, -1), word.rfind("#", 0, -1))
    return end > 0 and _ADDRESS.search(word, 0, end) is not None


def may_be_counted(text: str) -> bool:
    """Whether normalised *text* is a query, and one that can be shown to others."""
    return (
        len(text) <= MAX_TEXT_LENGTH
        and any(map(str.isalnum, text))
        and not looks_personal(text)
    )
