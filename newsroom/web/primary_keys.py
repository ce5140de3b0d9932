"""Numbers that come with a request."""

from collections.abc import Iterable

MAX_KEY_DIGITS = 18  # what every database can look up as a key


def pks_in(texts: Iterable[str]) -> list[int]:
    """Return the primary keys among *texts*; what can be none is left out."""
    return [
        int(text)
        for text in texts
        if text.isascii() and text.isdigit() and len(text) <= MAX_KEY_DIGITS
    ]
