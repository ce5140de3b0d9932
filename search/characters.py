"""Characters that no database stores."""

import re

# PostgreSQL refuses NUL; UTF-8 has no halves of surrogate pairs.
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Whether both databases take *text*."""
    return not _NOT_STORABLE.search(text)


def storable(text: str) -> str:
    """Return *text* with a space in place of each character that no database stores."""
    return _NOT_STORABLE.sub(" ", text)
