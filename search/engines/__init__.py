"""Search engines behind one contract.

An engine receives a clause over terms (:mod:`search.plan.clauses`) and returns primary
keys of entries. It knows nothing of pages, templates or languages. All engines give the
same result for a request: the same entries, in the same order, with the same counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from search.plan.clauses import EVERYTHING, Clause

BEST_FIRST, NEWEST_FIRST, OLDEST_FIRST = "relevance", "newest", "oldest"


@dataclass(frozen=True, slots=True)
class Boost:
    """Adds *weight* to the score of entries that match *clause*."""

    clause: Clause
    weight: int


@dataclass(frozen=True, slots=True)
class Request:
    """A search request to an engine.

    Entries are found that match ``clause``, at least ``at_least`` of ``loose``, and one
    of the filter terms of every facet in ``selected``. With ``collapse``, only the
    first entry of every group is found. The order is by the sum of boosts (if ``order``
    is ``relevance``), then newest first, then by ascending primary key. ``facets`` are
    counted, each without its own selection, with at most ``facet_size`` values each.
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
    """The number of found entries for each value of a facet.

    ``values`` holds (primary key of the value, count), highest count first, then
    ascending primary key. ``distinct`` is the number of all values. With
    ``is_estimated`` the counts are approximate, with ``is_distinct_estimated`` the
    number of values is.
    """

    values: tuple[tuple[int, int], ...]
    distinct: int
    is_estimated: bool = field(default=False, compare=False)
    is_distinct_estimated: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a request.

    ``total`` counts all entries found (groups, with ``collapse``). ``ids`` are the
    primary keys of the entries in the requested slice. With ``is_estimated`` the total
    is approximate.
    """

    total: int
    ids: tuple[int, ...]
    facets: Mapping[str, FacetCounts] = field(default_factory=dict)
    is_estimated: bool = field(default=False, compare=False)


class EngineError(Exception):
    """The engine cannot answer now; another one may."""


class QueryRefusedError(EngineError):
    """The engine works but refuses this request, because it has too many terms."""


class Engine(Protocol):
    name: str

    def search(self, request: Request) -> Answer:
        """Return what is found. Raise EngineError if the engine is unavailable."""
        ...

    def every(self, request: Request) -> Iterator[int]:
        """Yield the primary keys of all entries found, newest first, for an export.

        The versions of one group are yielded one by one, from one consistent snapshot.
        Raises EngineError.
        """
        ...
