"""Russian: the Snowball stemmer, and endings after numbers and acronyms."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from .snowball import SnowballLanguage

_ENDING = re.compile("ый|ой|ий|й|ая|яя|я|ое|ее|е|ого|го|ому|му|ым|им|м|ых|их|х|ю|ми|ти")


class Russian(SnowballLanguage):
    """`5-го`, `10-летие`: the first has an ending, the second is a compound."""

    signs: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"%": "процент", "№": "номер", "₸": "тенге", "₽": "рубль", "$": "доллар"}
    )

    def is_ending(self, head: str, tail: str) -> bool:
        """After digits only: `кто-то` and `из-за` have no such head."""
        return head[-1:].isdigit() and _ENDING.fullmatch(tail) is not None


def language(code: str, script: str | None = None) -> Russian:
    """The registry's entry point."""
    return Russian(code, script)
