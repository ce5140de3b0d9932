"""Analysis of a query in every language that it might be in."""

import re
from collections.abc import Iterable, Sequence

from .analysis import analyse, query_analyser_for
from .registry import query_language
from .terms import Alternative, AnalysedTerm, QueryWord
from .tokens import SPACES

LONGEST_NUMBER = 9
"""Digits; longer ones are telephone numbers and the like."""
_WHOLE_NUMBER = re.compile(f"[1-9]\\d{{4,}}|[1-9]\\d{{0,2}}(?:[.,{SPACES}]\\d{{3}})+")
DEFAULT_LANGUAGES = ("kk", "ru", "en")
"""The languages of the archive's interface."""


def analyse_query(
    text: str, languages: Sequence[str] = DEFAULT_LANGUAGES, *, as_written: bool = False
) -> list[QueryWord]:
    """Return the words of a query, each with its reading in every one of `languages`.

    Words have the boundaries of the first language. The parts of a compound are given
    with the whole; see `QueryWord`. If `as_written`, words are read as in a text, not
    as what may be meant.
    """
    readings = {
        code: analyse(text, code)
        if as_written
        else query_analyser_for(text, code).terms(text)
        for code in languages
    }
    spans: dict[tuple[int, int], list[Alternative]] = {}
    for code, terms in readings.items():
        for term in terms:
            spans.setdefault((term.start, term.end), []).append(Alternative(code, term))
    return list(_nest(spans))


def other_words(text: str, languages: Sequence[str]) -> list[tuple[str, str]]:
    """Return (language, word) for what a word is searched as besides what it says.

    A number is also searched in groups of three digits: 85 000 for `85,000`.
    """
    if number := grouped(text):
        return [(languages[0], number)]
    return [
        (code, word)
        for code in languages
        for word in query_language(code).other_words(text)
    ]


def grouped(text: str) -> str:
    """Return a whole number of five digits or more in groups of three.

    Returns an empty string for anything else, and for a number that is written so.
    """
    digits = re.sub(f"[.,{SPACES}]", "", text)
    if not _WHOLE_NUMBER.fullmatch(text) or not 5 <= len(digits) <= LONGEST_NUMBER:
        return ""
    written = f"{int(digits):,}".replace(",", "\u00a0")
    return "" if re.sub(f"[{SPACES}]", "\u00a0", text) == written else written


def _nest(spans: dict[tuple[int, int], list[Alternative]]) -> Iterable[QueryWord]:
    """Yield words for the outer spans, with the spans inside each as its parts."""
    ordered = sorted(spans, key=lambda span: (span[0], -span[1]))
    index = 0
    while index < len(ordered):
        start, end = ordered[index]
        inner = index + 1
        while inner < len(ordered) and _inside(ordered[inner], ordered[index]):
            inner += 1
        parts = {span: spans[span] for span in ordered[index + 1 : inner]}
        alternatives = tuple(spans[start, end])
        first: AnalysedTerm = alternatives[0].term
        yield QueryWord(
            surface=first.surface,
            start=start,
            end=end,
            position=first.position,
            alternatives=alternatives,
            parts=tuple(_nest(parts)),
        )
        index = inner


def _inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
