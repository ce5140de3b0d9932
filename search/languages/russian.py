"""Russian: the Snowball stemmer, and endings after numbers and acronyms."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from .snowball import SnowballLanguage

_ENDING = re.compile("ый|ой|ий|й|ая|яя|я|ое|ее|е|ого|го|ому|му|ым|им|м|ых|их|х|ю|ми|ти")


class Russian(SnowballLanguage):
    """Russian; `5-го` is a number with an ending, `10-летие` is a compound."""

    signs: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"%": "процент", "№": "номер", "₸": "тенге", "₽": "рубль", "$": "доллар"}
    )

    def is_ending(self, head: str, tail: str) -> bool:
        """Return whether `tail` is an ending after digits.

        The hyphens of `кто-то` and `из-за` do not follow digits.
        """
        return head[-1:].isdigit() and _ENDING.fullmatch(tail) is not None


def language(code: str, script: str | None = None) -> Russian:
    """Return the language object for the registry."""
    return Russian(code, script)
