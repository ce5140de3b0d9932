"""Ranking of results: one ranker for all engines.

An engine returns candidates. The ranker reads their term columns and scores them by
BM25 over fields and variants (Robertson and Zaragoza 2009: BM25F), by the proximity of
the words, and with a slight preference for newer articles. The weights are in
:mod:`search.weights`.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from search import weights
from search.engines import Boost
from search.index.fields import COLUMN_NAMES, COLUMNS, FIELDS, VARIANTS
from search.index.filter_terms import head_marks, title_marks
from search.index.term_statistics import (
    ENTRIES,
    PREFIX,
    STEM,
    TOTAL,
    Statistics,
    statistics,
)
from search.languages.language import PREFIX_LENGTH
from search.models import Entry
from search.plan.clauses import FlagMatch, PrefixMatch, TermMatch
from search.plan.clauses import PhraseMatch as SequenceClause
from search.plan.leaves import ScoredTerm
from search.plan.plan import QueryPlan

SECONDS_A_DAY = 86_400
# The fields in which the proximity of words counts.
NEAR_FIELDS = ("title", "lead", "body")


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry with its score, its group, and whether it matches each leaf."""

    entry_id: int
    score: float
    found: tuple[bool, ...]
    group: str


class Ranker:
    """Scores entries for one query.

    ``now`` is in seconds since 1970; with None, age does not matter.
    """

    def __init__(
        self, plan: QueryPlan, locales: Iterable[str], *, now: float | None
    ) -> None:
        self.leaves = plan.leaves
        self.now = now
        stems, prefixes = _stems_and_prefixes(plan)
        self.statistics: Statistics = statistics(locales, stems, prefixes)

    def loosened(self, plan: QueryPlan) -> "Ranker":
        """Return a copy for the loosened *plan*."""
        other = copy(self)
        other.leaves = plan.leaves
        return other

    def rarity(self, entries: int) -> float:
        """Return the inverse document frequency of a term in *entries* entries."""
        others = max(self.statistics.entries - entries, 0)
        return math.log(1 + (others + 0.5) / (entries + 0.5))

    def word_rarity(self, word: TermMatch) -> float:
        """Return the rarity of the most frequent stem of *word*."""
        known = [self.statistics.stems[stem] for stem in word.stems]
        return self.rarity(max(known, default=0))

    def has_unknown_word(self) -> bool:
        """Return whether no entry is known to have one of the words."""
        return any(
            not any(self.statistics.stems[stem] for stem in leaf.clause.stems)
            for leaf in self.leaves
            if isinstance(leaf.clause, TermMatch) and not leaf.through
        )

    def is_common(self, word: TermMatch) -> bool:
        """Return whether *word* is too frequent to say anything about an article.

        It must occur in more than :data:`weights.COMMON_SHARE` of the entries, and in
        more entries than the ranker scores.
        """
        known = [self.statistics.stems[stem] for stem in word.stems]
        share = weights.COMMON_SHARE * self.statistics.entries
        return max(known, default=0) > max(share, weights.CANDIDATES)

    def boosts(self, *, everywhere: bool) -> tuple[Boost, ...]:
        """Return boosts for the engine's approximate order.

        The weights are integers, so that all engines compute the same sums. With
        *everywhere*, entries need not have all words, and each word they have counts.
        """
        boosts = []
        for leaf in self.leaves:
            if not isinstance(leaf.clause, TermMatch):
                continue
            word = leaf.clause
            weight = max(1, round(4 * self.word_rarity(word)))
            if everywhere:
                boosts.append(Boost(word, weight * weights.ROUGH_ANYWHERE))
            for marks, factor in (
                (head_marks(word.stems, word.folded), weights.ROUGH_HEAD),
                (title_marks(word.stems, word.folded), weights.ROUGH_TITLE),
            ):
                if marks:
                    boosts.append(Boost(FlagMatch(frozenset(marks)), weight * factor))
        return tuple(boosts)

    def rank(self, entry_ids: Sequence[int]) -> list[Ranked]:
        """Return the entries with these primary keys, best first.

        Deleted entries are left out. Runs one query.
        """
        rows = Entry.objects.filter(pk__in=entry_ids).values_list(
            "pk", "group", "published", *COLUMN_NAMES
        )
        ranked = []
        for pk, group, published, *columns in rows:
            text = _Text(columns)
            score, found = self.score(text, published)
            if self._is_title(text):
                score *= 1 + weights.WHOLE_TITLE_WEIGHT
            ranked.append((-score, -published, pk, found, group))
        ranked.sort()
        return [
            Ranked(pk, -score, found, group)
            for score, _time, pk, found, group in ranked
        ]

    def score(self, text: "_Text", published: int) -> tuple[float, tuple[bool, ...]]:
        """Return the score of an entry, and whether it matches each leaf."""
        scores = [self._leaf(leaf, text) for leaf in self.leaves]
        found = tuple(score > 0 for score in scores)
        total = sum(
            score * leaf.weight
            for leaf, score in zip(self.leaves, scores, strict=True)
            if not leaf.through or not all(found[n] for n in leaf.instead_of)
        )
        total *= 1 + weights.NEARNESS_WEIGHT * self._nearness(text, found)
        return total * self._recency(published), found

    def _is_title(self, text: "_Text") -> bool:
        """Return whether the title has all words of the query."""
        words = [
            leaf.clause
            for leaf in self.leaves
            if isinstance(leaf.clause, TermMatch) and not leaf.through
        ]
        stems, folded = text.title("stems"), text.title("folded")
        return bool(words) and all(
            any(f" {stem} " in stems for stem in word.stems)
            or any(f" {key} " in folded for key in word.folded)
            for word in words
        )

    def _leaf(self, leaf: ScoredTerm, text: "_Text") -> float:
        if isinstance(leaf.clause, TermMatch):
            return self._word(leaf.clause, text)
        if isinstance(leaf.clause, SequenceClause):
            often = self._often(
                text, leaf.clause.variant, map(" ".join, leaf.clause.sequences)
            )
            rarity = sum(map(self.word_rarity, leaf.words))
            return weights.PHRASE_WEIGHT * rarity * often
        return self._beginning(leaf.clause, text)

    def _word(self, word: TermMatch, text: "_Text") -> float:
        best = 0.0
        for stem in word.stems:
            often = self._often(text, "stems", (stem,))
            if often:
                rarity = self.rarity(self.statistics.stems[stem])
                best = max(best, rarity * often)
        total = weights.VARIANT_WEIGHTS["stems"] * best
        rarity = self.word_rarity(word)
        folded = self._often(text, "folded", word.folded)
        total += weights.VARIANT_WEIGHTS["folded"] * rarity * folded
        if word.parts:
            parts = [self._word(part, text) for part in word.parts]
            total = max(total, sum(parts) if all(parts) else 0.0)
        if not total and not word.relatives:
            return 0.0  # a related word that shares only the prefix is no match
        exact = self._often(text, "exact", word.exact)
        total += weights.VARIANT_WEIGHTS["exact"] * rarity * exact
        return total + weights.VARIANT_WEIGHTS["prefix"] * self._relatives(word, text)

    def _relatives(self, word: TermMatch, text: "_Text") -> float:
        best = 0.0
        for prefix in _prefixes(word):
            rarity = self.rarity(self.statistics.prefixes[prefix])
            whole = len(prefix) < PREFIX_LENGTH
            often = self._often(text, "exact", [prefix], begin=not whole)
            best = max(best, rarity * often)
        return best

    def _beginning(self, clause: PrefixMatch, text: "_Text") -> float:
        often = self._often(text, "exact", clause.exact, begin=True)
        return max(often, self._often(text, "folded", clause.folded, begin=True))

    def _often(
        self, text: "_Text", variant: str, terms: Iterable[str], *, begin: bool = False
    ) -> float:
        """Return the frequency of *terms* in the text, from 0 to 1 + SATURATION.

        Counts are weighted by field and normalised by length. With *begin* the terms
        are prefixes. Each further occurrence adds less.
        """
        often = 0.0
        wanted = [f" {term}" if begin else f" {term} " for term in terms]
        for field, column in text.columns(variant):
            count = sum(map(column.count, wanted))
            if count:
                often += weights.FIELD_WEIGHTS[field] * count / self._norm(field, text)
        k = weights.SATURATION
        return often * (k + 1) / (often + k)

    def _norm(self, field: str, text: "_Text") -> float:
        average = self.statistics.average_length[field]
        b = weights.LENGTH_NORMALISATION
        return 1 - b + b * text.length(field) / average if average > 0 else 1.0

    def _nearness(self, text: "_Text", found: tuple[bool, ...]) -> float:
        """Return the proximity of the words: 1 if all are adjacent.

        The value is lower if words are apart or missing, 0 with fewer than two words.
        """
        places: dict[str, int] = {}
        wanted = 0
        for number, leaf in enumerate(self.leaves):
            if isinstance(leaf.clause, TermMatch) and found[number]:
                wanted += 1
                places |= dict.fromkeys(leaf.clause.stems, number)
        if wanted < 2:
            return 0.0
        asked = sum(isinstance(leaf.clause, TermMatch) for leaf in self.leaves)
        best = max(_closest(text.stems(field), places) for field in NEAR_FIELDS)
        return best / asked

    def _recency(self, published: int) -> float:
        if self.now is None:
            return 1.0
        days = max(self.now - published, 0) / SECONDS_A_DAY
        age = days / weights.RECENCY_HALF_LIFE_DAYS
        return 1 + weights.RECENCY_WEIGHT * math.exp2(-age)


def terms_of(plan: QueryPlan, locales: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the terms whose counts a ranker needs for *plan* in *locales*."""
    stems, prefixes = _stems_and_prefixes(plan)
    for locale in locales:
        yield from ((locale, TOTAL, name) for name in (ENTRIES, *FIELDS))
        yield from ((locale, STEM, stem) for stem in stems)
        yield from ((locale, PREFIX, prefix) for prefix in prefixes)


def _stems_and_prefixes(plan: QueryPlan) -> tuple[list[str], list[str]]:
    words = [
        part for leaf in plan.leaves for word in leaf.words for part in _parts(word)
    ]
    return (
        sorted({stem for word in words for stem in word.stems}),
        sorted({prefix for word in words for prefix in _prefixes(word)}),
    )


def _parts(word: TermMatch) -> Iterator[TermMatch]:
    yield word
    for part in word.parts:
        yield from _parts(part)


def _prefixes(word: TermMatch) -> set[str]:
    """Return the prefixes that related words share with *word*."""
    return {exact[:PREFIX_LENGTH] for exact in word.exact}


def _closest(column: str, places: dict[str, int]) -> float:
    """Return the largest n × n / span over groups of n different words.

    *span* is the number of positions they cover. The result is 0 with fewer than two
    words.
    """
    present = {stem for stem in places if f" {stem} " in column}
    if len({places[stem] for stem in present}) < 2:
        return 0.0
    terms = enumerate(column.split())
    best = 0.0
    last: dict[int, int] = {}
    for position, term in terms:
        if term not in present:
            continue
        last[places[term]] = position
        spans = sorted(last.values(), reverse=True)
        for count in range(2, len(spans) + 1):
            span = max(position - spans[count - 1] + 1, count)
            best = max(best, count * count / span)
    return best


class _Text:
    """The term columns of an entry, with a space on both sides of every term."""

    __slots__ = ("_lengths", "_variants")

    def __init__(self, columns: Sequence[str]) -> None:
        self._variants: dict[str, list[tuple[str, str]]] = {
            variant: [] for variant in VARIANTS
        }
        self._lengths: dict[str, int] = {}
        for (field, variant), column in zip(COLUMNS, columns, strict=True):
            if column:
                self._variants[variant].append((field, f" {column} "))

    def columns(self, variant: str) -> list[tuple[str, str]]:
        """Return (field, column) of the fields that have words."""
        return self._variants[variant]

    def title(self, variant: str) -> str:
        """Return the terms of the title."""
        return dict(self._variants[variant]).get("title", "")

    def length(self, field: str) -> int:
        if field not in self._lengths:
            column = dict(self._variants["exact"]).get(field, "")
            self._lengths[field] = max(column.count(" ") - 1, 0)
        return self._lengths[field]

    def stems(self, field: str) -> str:
        return dict(self._variants["stems"]).get(field, "")
