"""English: the Snowball stemmer, and endings after numbers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from .snowball import SnowballLanguage

_ENDINGS = frozenset({"st", "nd", "rd", "th", "s"})


class English(SnowballLanguage):
    """English; `21st` and `1990s` are the numbers 21 and 1990."""

    signs: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"%": "percent", "№": "number", "₸": "tenge", "$": "dollar", "€": "euro"}
    )

    def is_ending(self, head: str, tail: str) -> bool:
        """Return whether `tail` is an ending; endings occur after digits only."""
        return head[-1:].isdigit() and tail in _ENDINGS


def language(code: str, script: str | None = None) -> English:
    """Return the language object for the registry."""
    return English(code, script)
