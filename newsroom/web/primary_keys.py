"""Primary keys from request parameters."""

from collections.abc import Iterable

MAX_KEY_DIGITS = 18  # the longest that every database can look up


def pks_in(texts: Iterable[str]) -> list[int]:
    """Return the primary keys among *texts*; invalid ones are omitted."""
    return [
        int(text)
        for text in texts
        if text.isascii() and text.isdigit() and len(text) <= MAX_KEY_DIGITS
    ]
