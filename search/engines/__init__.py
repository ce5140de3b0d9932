"""Search engines behind one contract.

An engine is handed a clause over terms (:mod:`search.clauses`) and answers with the
numbers of entries. It knows nothing of pages, templates or languages. All engines
answer a request alike: the same entries, in the same order, with the same counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from search.clauses import EVERYTHING, Clause

BEST_FIRST, NEWEST_FIRST, OLDEST_FIRST = "relevance", "newest", "oldest"


@dataclass(frozen=True, slots=True)
class Boost:
    """Entries that *clause* has come *weight* further to the front."""

    clause: Clause
    weight: int


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for.

    Found is what ``clause`` has, and at least ``at_least`` of ``loose``, and of every
    facet in ``selected`` one of the marks. With ``collapse`` of every group only the
    first entry is found. The order is by the sum of boosts (if ``order`` is
    ``relevance``), then the newest, then the smallest number. ``facets`` are to be
    counted, each without its own selection, at most ``facet_size`` values of each.
    """

    clause: Clause = EVERYTHING
    loose: tuple[Clause, ...] = ()
    at_least: int = 0
    selected: Mapping[str, frozenset[str]] = field(default_factory=dict)
    boosts: tuple[Boost, ...] = ()
    order: str = BEST_FIRST
    collapse: bool = False
    offset: int = 0
    limit: int = 10
    facets: tuple[str, ...] = ()
    facet_size: int = 20


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """How many of the found have which value: (its number, count), the most frequent
    first, then the smallest number; and how many values there are in all.

    With ``is_estimated`` the counts are close, not exact, with
    ``is_distinct_estimated`` the number of values is.
    """

    values: tuple[tuple[int, int], ...]
    distinct: int
    is_estimated: bool = field(default=False, compare=False)
    is_distinct_estimated: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """``total`` counts all that was found (groups, with ``collapse``); ``ids`` are
    the numbers of the entries in the slice that was asked for. With ``is_estimated``
    the total is close, not exact."""

    total: int
    ids: tuple[int, ...]
    facets: Mapping[str, FacetCounts] = field(default_factory=dict)
    is_estimated: bool = field(default=False, compare=False)


class EngineError(Exception):
    """The engine cannot answer now; another one may."""


class RefusedError(EngineError):
    """The engine is well, but does not take this request: it has too many words."""


class Engine(Protocol):
    name: str

    def search(self, request: Request) -> Answer:
        """Return what is found. Raises EngineError where the engine is away."""
        ...

    def every(self, request: Request) -> Iterator[int]:
        """The numbers of all entries found, versions of one group each for itself, the
        newest first: an export, as of one moment. Raises EngineError."""
        ...
