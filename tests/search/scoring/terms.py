"""Factories of queries and entries of terms, for scores without a database.

The tests replace the query for term statistics by the numbers written down here.
"""

from math import log

import pytest

from search import weights
from search.index.fields import COLUMN_NAMES, FIELDS, VARIANTS
from search.index.term_statistics import Statistics
from search.plan import clauses
from search.plan.clauses import TermMatch
from search.plan.leaves import ScoredTerm
from search.plan.plan import QueryPlan
from search.ranking import ranker as ranking
from search.ranking.ranker import Ranker

ENTRIES = 1_000
LENGTHS = {"title": 5.0, "lead": 20.0, "names": 2.0, "body": 100.0}
# Entries with a stem, or with a word of this beginning. No other stem occurs.
STEMS = {"көпір": 40, "құрылыс": 90, "қала": 600, "полигон": 3}
PREFIXES = {"көпір": 60, "қала": 700, "құрыл": 120}


def statistics(stems, prefixes) -> Statistics:
    return Statistics(
        ENTRIES,
        LENGTHS,
        {stem: STEMS.get(stem, 0) for stem in stems},
        {prefix: PREFIXES.get(prefix, 0) for prefix in prefixes},
    )


def match(exact: str = "", stems: str = "", folded: str = "", **more) -> TermMatch:
    """Return the match of a word; each argument has terms between spaces."""
    terms = (frozenset(text.split()) for text in (exact, stems, folded))
    return TermMatch(*terms, **more)


BRIDGE, BUILDING, CITY = (
    match(stems="көпір"),
    match(stems="құрылыс"),
    match(stems="қала"),
)


def leaf(clause, **more) -> ScoredTerm:
    words = (clause,) if isinstance(clause, TermMatch) else ()
    return ScoredTerm(clause, **{"words": words, **more})


def ranker(*leaves: ScoredTerm | TermMatch, now: float | None = None) -> Ranker:
    return Ranker(plan(*leaves), ["kk"], now=now)


def plan(*leaves: ScoredTerm | TermMatch) -> QueryPlan:
    scored = (one if isinstance(one, ScoredTerm) else leaf(one) for one in leaves)
    return QueryPlan(clauses.NOTHING, leaves=tuple(scored))


def entry(**columns: str):
    """Return an entry's columns; `title="x"` stands for all three of the title."""
    for field in FIELDS:
        if text := columns.pop(field, ""):
            columns |= {f"{field}_{variant}": text for variant in VARIANTS}
    assert columns.keys() <= set(COLUMN_NAMES)
    return ranking._Text([columns.get(name, "") for name in COLUMN_NAMES])


def score(
    asked: Ranker | ScoredTerm | TermMatch, published: int = 0, **columns: str
) -> float:
    """Return the score of an entry with these columns."""
    asked = asked if isinstance(asked, Ranker) else ranker(asked)
    return asked.score(entry(**columns), published)[0]


def rarity(entries: int) -> float:
    """Return the inverse document frequency as Robertson and Zaragoza give it."""
    return log(1 + (ENTRIES - entries + 0.5) / (entries + 0.5))


def saturated(frequency: float) -> float:
    """Return a weighted frequency as BM25 saturates it, with the usual k1 of 1.2."""
    return frequency * 2.2 / (frequency + 1.2)


def in_field(field: str, count: int, length: int) -> float:
    """Return the frequency of a term in a field, normalised by length (b = 0.75)."""
    norm = 0.25 + 0.75 * length / LENGTHS[field]
    return weights.FIELD_WEIGHTS[field] * count / norm


def near(expected: float):
    return pytest.approx(expected, rel=1e-12, abs=1e-12)
