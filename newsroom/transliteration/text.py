"""Conversion of Kazakh text to an edition's script, with isolation of foreign text.

Foreign words in Latin letters, URLs and numbers are kept. In Arabic script they run
against the writing direction, and Unicode's bidirectional algorithm reorders some of
them (``10 000``, ``+7 727 123``, ``3D``, ``https://un.org/``). Only those are put
between isolates, because isolates are copied together with the text.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from newsroom.transliteration.editions import ScriptEdition
from newsroom.transliteration.kept_words import kept_spans
from search.languages.kazakh.scripts import convert_pieces

REMEMBERED_TEXTS = 4096
"""Number of cached conversions, for texts of menus and lists that recur on pages."""
LONGEST_REMEMBERED = 200

LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE = "\u2066", "\u2069"

_CYRILLIC = re.compile("[\u0400-\u052f]")
_DEGREE_IN_CYRILLIC = re.compile(
    "(?<=[°º])([ \u00a0\u2009\u202f]?)[Сс](?![\u0400-\u052f])"
)
"""«25 °С» typed with Cyrillic С, which conversion would change to S or س."""
_DOUBLE_YEH = re.compile("(?<=\\w)\u064a\u064a(?=[\u0627\u06cb])")
"""и before я or ю: written with a single ي, پارتيا for партия (decision 14)."""
_LETTERS = "A-Za-zÀ-ÖØ-öø-ʯ"
_LATIN = re.compile(f"[{_LETTERS}]")
# U+2060 follows the hyphens of short compounds (articles.templatetags.typography).
_AGAINST_THE_LINE = re.compile(
    # 25 °C, −7,5 °C: the degree sign would separate the number from its letter
    r"(?<![\w)])[+−±-]?\d{1,9}(?:[.,]\d{1,9})?[ \u00a0\u2009\u202f]?[°º] ?[A-Za-z]\b|"
    # https://un.org/kz, info@mail.kz
    r"(?P<foreign>(?:https?://|www\.)[^\s<>«»“”]*[^\s<>«»“”.,;:!?)،؛؟]"
    r"|(?<!\w)[A-Za-z0-9][\w.+%-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    # 3D, C++, #tag, Boeing 737 MAX
    rf"|[#@]?(?:(?<!\d)\d+)?[{_LETTERS}][\d{_LETTERS}]*"
    rf"(?:[ \u00a0]?(?:[&/’'.+_-]\u2060?)?[ \u00a0]?[\d{_LETTERS}]+)*[+#]*)"
    # +7 (727) 123-45-67, +7 727 123 45 67
    r"|\+?\d{1,3}[ -]?\(\d{2,5}\)[ \d\u2060-]*\d|\+\d[\d ()\u2060-]{7,}\d"
    # 10 000, −1 200,5, +12,6; with no-break spaces it stays together without isolates
    r"|(?<![\w)])[+−±-]?\d{1,3}(?:[ \u2009]\d{3})+(?:,\d+)?(?!\d)"
    r"|(?<![\w)])[+−±-]\d[\d.,]*(?<=\d)"
    # 2025-11-23, 8-777-123-45-67; a range of two runs in writing direction, as in
    # Arabic
    r"|(?<![\w\u2060-])\d+(?:-\u2060?\d+){2,}(?![\w-])"
)
_KEEPS_ITS_ORDER = re.compile(rf"[{_LETTERS}](?:.*[\d{_LETTERS}])?", re.DOTALL)
"""Text from a Latin letter to a Latin letter or digit: it needs no isolates."""


def converted(pieces: Sequence[str], edition: ScriptEdition) -> list[str]:
    """Return the pieces of a text that markup separates, in the edition's script.

    A piece with Latin letters and without Cyrillic ones is foreign, and is kept.
    """
    pieces = [_DEGREE_IN_CYRILLIC.sub(r"\1C", piece) for piece in pieces]
    if len(pieces) == 1:
        return [converted_text(pieces[0], edition)]
    return [
        _isolated(piece, edition) for piece in convert_pieces(pieces, edition.script)
    ]


def converted_text(text: str, edition: ScriptEdition) -> str:
    """Return *text* in the edition's script."""
    if len(text) <= LONGEST_REMEMBERED:
        return _remembered(text, edition)
    return _converted(text, edition)


def _converted(text: str, edition: ScriptEdition) -> str:
    text = _DEGREE_IN_CYRILLIC.sub(r"\1C", text)
    if _CYRILLIC.search(text) or not _LATIN.search(text):
        text = _written(text, edition)
    return _isolated(text, edition)


def _written(text: str, edition: ScriptEdition) -> str:
    """Convert *text* except the letters and words that it is about."""
    parts, end = [], 0
    for start, stop in kept_spans(text):
        parts += [*convert_pieces([text[end:start]], edition.script), text[start:stop]]
        end = stop
    return "".join([*parts, *convert_pieces([text[end:]], edition.script)])


_remembered = lru_cache(maxsize=REMEMBERED_TEXTS)(_converted)


def _isolated(text: str, edition: ScriptEdition) -> str:
    if not edition.is_rtl:
        return text
    return _AGAINST_THE_LINE.sub(_isolate, _DOUBLE_YEH.sub("\u064a", text))


def _isolate(match: re.Match[str]) -> str:
    if match["foreign"] and _KEEPS_ITS_ORDER.fullmatch(match["foreign"]):
        return match[0]
    return f"{LEFT_TO_RIGHT_ISOLATE}{match[0]}{POP_ISOLATE}"
