"""Characters that cannot be stored in the databases."""

import re

# PostgreSQL refuses NUL, and UTF-8 cannot encode surrogates.
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Return whether both SQLite and PostgreSQL can store *text*."""
    return not _NOT_STORABLE.search(text)


def storable(text: str) -> str:
    """Return *text* with a space for each character that cannot be stored."""
    return _NOT_STORABLE.sub(" ", text)
