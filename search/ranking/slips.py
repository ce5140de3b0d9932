"""Slips of the keyboard in words with endings: the stems that may have been meant.

A slip hides the boundary of stem and ending, so the stem of the typed word says little.
Instead, the beginning of the word is compared with the stems of the archive. A stem is
a candidate if the word with this stem in place of its beginning is a form of it:
`қадасы` begins like қала, and `қаласы` is a form of қала. Letters that are doubled or
swapped anywhere in the word, endings included, are put right first.
"""

import math
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, TextField, Value
from rapidfuzz.distance import OSA

from search.index.term_statistics import STEM
from search.languages import analyse
from search.models import TermStatistic
from search.ranking.compared_rows import ComparedRow, ComparedRows

# The archive's stems that are compared, the most frequent first.
MAX_COMPARED = 5_000
# A stem in fewer entries may be an error itself.
MIN_ENTRIES = 2
# Costs of a slip: doubled letters are the likeliest, stems of three letters the least.
DOUBLED, SWAPPED, CHANGED, CHANGED_SHORT = 0.7, 0.8, 1.0, 1.2
# Cost saved by a stem in e times as many entries.
FREQUENT = 0.12
SHORTEST_STEM = 3
# Difference of costs up to which two stems are as likely: neither is offered. Of 100
# slips, 87 are then found or corrected and 3 wrongly; with 0 they are 91 and 6.
NEAR_TIE = 0.1

_Candidate = tuple[float, bool, int, str]


class Slips:
    """The stems that *word* may be meant for, once the rows are read.

    *word* is in its exact form.
    """

    def __init__(self, word: str, locale: str) -> None:
        self._word = word
        self._locale = locale
        self._costs = dict(_mended(word, locale))
        self._entries: dict[str, int] = {}

    def compare_in(self, rows: ComparedRows) -> None:
        """Add the stems of the archive: they are compared when *rows* are read.

        Only stems that begin with a letter that the word begins with are compared. The
        second letter covers a first one that is added, doubled or swapped.
        """
        stems = TermStatistic.objects.filter(locale=self._locale, kind=STEM)
        mended = stems.filter(text__in=self._costs)
        name = ("stems", self._locale, *sorted(self._costs))
        rows.add(name, _columns(mended), self._take_mended)
        for start in dict.fromkeys(self._word[:2]):
            beginning = stems.filter(
                text__gte=start,
                text__lt=chr(ord(start) + 1),
                entries__gte=MIN_ENTRIES,
            ).order_by("-entries")
            name = ("beginning", self._locale, start)
            rows.add(name, _columns(beginning)[:MAX_COMPARED], self._take_like)

    def _take_mended(self, row: ComparedRow) -> None:
        self._entries[row[0]] = row[3]

    def _take_like(self, row: ComparedRow) -> None:
        stem, entries = row[0], row[3]
        cost = _changed(self._word, stem, self._locale)
        if cost is not None:
            self._entries[stem] = entries
            self._costs[stem] = min(cost, self._costs.get(stem, cost))

    def candidates(self, least: int) -> list[_Candidate]:
        """Return (cost, False, −entries, stem) of the stems.

        Stems in fewer than *least* entries are left out. There are none if the two
        cheapest cost nearly the same, as for `қыыл` (қызыл, қылу).
        """
        entries = self._entries
        found = sorted(
            (cost - FREQUENT * math.log(entries[stem]), False, -entries[stem], stem)
            for stem, cost in self._costs.items()
            if entries.get(stem, 0) >= max(MIN_ENTRIES, least)
        )
        is_tie = len(found) > 1 and found[1][0] - found[0][0] < NEAR_TIE
        return [] if is_tie else found


def _mended(word: str, locale: str) -> Iterator[tuple[str, float]]:
    """Yield (stem, cost) of the word without a doubled letter, or with two swapped."""
    for place in range(len(word) - 1):
        first, second = word[place], word[place + 1]
        if first == second:
            mended, cost = word[:place] + word[place + 1 :], DOUBLED
        else:
            mended = word[:place] + second + first + word[place + 2 :]
            cost = SWAPPED
        for stem in _stems(mended, locale):
            yield stem, cost


def _changed(word: str, stem: str, locale: str) -> float | None:
    """Return the cost of *word* as a form of *stem* with one slip in it, or None."""
    for root in _roots(stem):
        for end in range(len(root) - 1, min(len(root) + 1, len(word)) + 1):
            if OSA.distance(word[:end], root, score_cutoff=1) != 1:
                continue
            if stem in _stems(root + word[end:], locale):
                return CHANGED if len(root) > SHORTEST_STEM else CHANGED_SHORT
    return None


def _roots(stem: str) -> Iterator[str]:
    """Yield what the forms of a stem begin with: a verb's are without its -у."""
    for root in (stem, stem.removesuffix("у")):
        if len(root) >= SHORTEST_STEM:
            yield root


def _stems(word: str, locale: str) -> tuple[str, ...]:
    terms = analyse(word, locale)
    return terms[0].stems if len(terms) == 1 else ()


def _columns(stems: "QuerySet[TermStatistic]") -> "QuerySet[Any, Any]":
    nothing = Value("", TextField())
    return stems.values_list("text", nothing, nothing, "entries")
