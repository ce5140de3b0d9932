"""English: the Snowball stemmer, and endings after numbers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from .snowball import SnowballLanguage

_ENDINGS = frozenset({"st", "nd", "rd", "th", "s"})

_LISTED = """
    a an the of in on at to for by with from into onto over under about between among
    through during before after against without within upon via per and or but nor not
    if than then that as so because while is are was were be been do does did has have
    had will would can could should this these those it its there who whom whose what
    which when where why how
"""
_FUNCTION_WORDS = frozenset(_LISTED.split())


class English(SnowballLanguage):
    """English; `21st` and `1990s` are the numbers 21 and 1990."""

    signs: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"%": "percent", "№": "number", "₸": "tenge", "$": "dollar", "€": "euro"}
    )

    function_words: ClassVar[frozenset[str]] = _FUNCTION_WORDS

    def is_ending(self, head: str, tail: str) -> bool:
        """Return whether `tail` is an ending; endings occur after digits only."""
        return head[-1:].isdigit() and tail in _ENDINGS


def language(code: str, script: str | None = None) -> English:
    """Return the language object for the registry."""
    return English(code, script)
