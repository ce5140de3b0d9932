"""The shared part of the SQLite and PostgreSQL engines.

Sets of entries come from a full-text index of the database; counting and ordering
happen here. The narrow table ``search_facts`` has a row for each entry. A subclass
names its index (:mod:`search.engines.text_index`), which translates clauses.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from heapq import nsmallest
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from django.db import connection

from search.engines import BEST_FIRST, OLDEST_FIRST, Answer, Request
from search.engines.counting import ENTRY, PUBLISHED, CountedRows, Row
from search.engines.text_index import TextIndex
from search.plan.clauses import AllOf, AnyOf, Clause, DateRange, FlagMatch, NoneOf, both


class Condition(NamedTuple):
    """A part of a WHERE clause over ``search_facts``, with its parameters."""

    sql: str
    parameters: list[str | int]


def joined(operator: str, conditions: list[Condition]) -> Condition:
    """Combine *conditions* with *operator*, ``AND`` or ``OR``."""
    return Condition(
        f" {operator} ".join(f"({condition.sql})" for condition in conditions),
        [value for condition in conditions for value in condition.parameters],
    )


def published(clause: DateRange) -> Condition:
    """Return the condition for rows published in the time span of *clause*."""
    bounds: list[tuple[str, str | int]] = []
    if clause.start is not None:
        bounds.append(("published >= %s", clause.start))
    if clause.end is not None:
        bounds.append(("published < %s", clause.end))
    if not bounds:
        return Condition("1 = 1", [])
    return Condition(" AND ".join(b[0] for b in bounds), [b[1] for b in bounds])


class DatabaseEngine:
    """Base class of the database engines; see :class:`search.engines.Engine`."""

    name = "database"
    index: TextIndex

    def matching(self, expression: str) -> Condition:
        """Return the condition for the rows that match *expression* in the index."""
        raise NotImplementedError

    def where(self, clause: Clause) -> Condition:
        """Return the condition for the rows that match *clause*.

        All parts that the index can evaluate are combined into one index look-up.
        """
        expression = self.index.expression(clause)
        if expression is not None:
            return self.matching(expression)
        if isinstance(clause, DateRange):
            return published(clause)
        if isinstance(clause, NoneOf):
            inner = self.where(clause.clause)
            return Condition(f"NOT ({inner.sql})", inner.parameters)
        if isinstance(clause, AllOf):
            rest = [
                part for part in clause.clauses if self.index.expression(part) is None
            ]
            indexed = [part for part in clause.clauses if part not in rest]
            parts = [AllOf(tuple(indexed)), *rest] if indexed else rest
            return joined("AND", list(map(self.where, parts)))
        if isinstance(clause, AnyOf):
            return joined("OR", list(map(self.where, clause.clauses)))
        raise TypeError(f"{clause!r} is no clause")

    def entry_pks(self, clause: Clause) -> Condition:
        """Return a query for the primary keys of the entries that match *clause*."""
        condition = self.where(clause)
        return Condition(
            f"SELECT entry_id FROM search_facts WHERE {condition.sql}",
            condition.parameters,
        )

    @contextmanager
    def planned(self) -> Iterator[None]:
        """Apply planner settings for search queries while the context is open."""
        yield

    def search(self, request: Request) -> Answer:
        """Return what is found; see :meth:`search.engines.Engine.search`."""
        with self.planned():
            return self._search(request)

    def _search(self, request: Request) -> Answer:
        rows = self._found(request, _chosen(request))
        found = CountedRows(rows, by_group=request.collapse)
        facets = dict.fromkeys(request.facets, found)
        for facet in request.selected.keys() & facets.keys():
            without = self._found(request, _chosen(request, but=facet))
            facets[facet] = CountedRows(without, by_group=request.collapse)
        return Answer(
            total=found.total,
            ids=self._ordered(request, rows),
            facets={
                facet: those.counts(facet, request.facet_size)
                for facet, those in facets.items()
            },
        )

    def every(self, request: Request) -> Iterator[int]:
        """Yield all entries found; see :meth:`search.engines.Engine.every`."""
        with self.planned():
            rows = self._found(request, _chosen(request))
        rows.sort(key=lambda row: (-row[PUBLISHED], row[ENTRY]))
        return map(itemgetter(ENTRY), rows)

    def _found(self, request: Request, clause: Clause) -> list[Row]:
        if not request.at_least:
            return self._rows(clause)
        rows = self._rows(both(clause, AnyOf(request.loose)))
        if request.at_least == 1:
            return rows
        matched: Counter[int] = Counter()
        for one in request.loose:
            matched.update(self._ids(one))
        return [row for row in rows if matched[row[ENTRY]] >= request.at_least]

    def _rows(self, clause: Clause) -> list[Row]:
        condition = self.where(clause)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT entry_id, published, group_key, facet_values"
                f" FROM search_facts WHERE {condition.sql}",
                condition.parameters,
            )
            rows: list[Row] = cursor.fetchall()
            return rows

    def _ids(self, clause: Clause) -> Iterable[int]:
        query = self.entry_pks(clause)
        with connection.cursor() as cursor:
            cursor.execute(query.sql, query.parameters)
            return chain.from_iterable(cursor.fetchall())

    def _ordered(self, request: Request, rows: list[Row]) -> tuple[int, ...]:
        scores: dict[int, int] = {}
        if request.order == BEST_FIRST and request.boosts and len(rows) > 1:
            scores = self._scores(request, rows)
        end = request.offset + request.limit
        # Rows with a score sort before those without; often they fill the slice.
        first = _first(request, [row for row in rows if row[ENTRY] in scores], scores)
        if len(first) < end and len(scores) < len(rows):
            first = _first(request, rows, scores)
        return tuple(place[2] for place in first[request.offset : end])

    def _scores(self, request: Request, rows: list[Row]) -> dict[int, int]:
        """Return the scores of the rows that match a boost. One query."""
        parts: list[str] = []
        parameters: list[str | int] = []
        for boost in request.boosts:
            query = self.entry_pks(boost.clause)
            parts.append(f"SELECT *, {int(boost.weight)} FROM ({query.sql}) AS boosted")
            parameters += query.parameters
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            boosted = cursor.fetchall()
        found = set(map(itemgetter(ENTRY), rows))
        scores: dict[int, int] = {}
        for entry_id, weight in boosted:
            if entry_id in found:
                scores[entry_id] = scores.get(entry_id, 0) + weight
        return scores


def _chosen(request: Request, but: str = "") -> Clause:
    """Combine the clause and the selection of *request*, except the facet *but*."""
    selected = [
        FlagMatch(marks) for name, marks in request.selected.items() if name != but
    ]
    return both(request.clause, *selected)


# The sort key of a row (ascending): negated score and signed time; then its primary
# key, and its group.
Place = tuple[int, int, int, str]


def _first(request: Request, rows: list[Row], scores: Mapping[int, int]) -> list[Place]:
    """Return the first places of *rows*, up to the end of the requested slice."""
    sign = 1 if request.order == OLDEST_FIRST else -1
    score = scores.get
    places = [(-score(one, 0), sign * at, one, group) for one, at, group, _v in rows]
    end = request.offset + request.limit
    return _first_groups(places, end) if request.collapse else _smallest(places, end)


def _smallest(places: list[Place], count: int) -> list[Place]:
    return nsmallest(count, places) if count < len(places) else sorted(places)


def _first_groups(places: list[Place], count: int) -> list[Place]:
    """Return the first place of each of the first *count* groups.

    Few groups have more than a handful of entries, so sorting a few more places than
    *count* is usually enough.
    """
    wanted = count * 2
    while True:
        first: dict[str, Place] = {}
        for place in _smallest(places, wanted):
            first.setdefault(place[3], place)
        if len(first) >= count or wanted >= len(places):
            return list(first.values())
        wanted *= 4
