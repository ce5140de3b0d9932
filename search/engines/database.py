"""The shared part of the SQLite and PostgreSQL engines.

Sets of entries come from a full-text index of the database; counting and ordering
happen here. The narrow table ``search_facts`` has a row for each entry. A subclass
names its index (:mod:`search.engines.text_index`), which translates clauses.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import nsmallest
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from search.engines import BEST_FIRST, OLDEST_FIRST, Answer, Request
from search.engines.counting import ENTRY, PUBLISHED, CountedRows, Row
from search.engines.text_index import TextIndex
from search.kept_rows import kept
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

    # Statements sent together with each query of a search.
    settings = ""

    def search(self, request: Request) -> Answer:
        """Return what is found; see :meth:`search.engines.Engine.search`."""
        selected = request.selected.keys() & set(request.facets)
        clauses = {"": _chosen(request)}
        clauses |= {facet: _chosen(request, but=facet) for facet in sorted(selected)}
        read = self._read(self._queries(request, clauses.values()))
        rows = self._found(request, clauses[""], read)
        found = CountedRows(rows, by_group=request.collapse)
        facets = dict.fromkeys(request.facets, found)
        for facet in selected:
            without = self._found(request, clauses[facet], read)
            facets[facet] = CountedRows(without, by_group=request.collapse)
        return Answer(
            total=found.total,
            ids=self._ordered(request, rows, read),
            facets={
                facet: those.counts(facet, request.facet_size)
                for facet, those in facets.items()
            },
        )

    def read_ahead(self, requests: Iterable[Request]) -> None:
        """Read with one query what :meth:`search` needs for *requests*.

        Useful only while rows are kept (:mod:`search.kept_rows`).
        """
        self._read(
            query
            for request in requests
            for query in self._queries(request, [_chosen(request)])
        )

    def every(self, request: Request) -> Iterator[int]:
        """Yield all entries found; see :meth:`search.engines.Engine.every`."""
        clause = _chosen(request)
        read = self._read(self._queries(replace(request, boosts=()), [clause]))
        found = self._found(request, clause, read)
        rows = sorted(found, key=lambda row: (-row[PUBLISHED], row[ENTRY]))
        return map(itemgetter(ENTRY), rows)

    def _queries(
        self, request: Request, clauses: Iterable[Clause]
    ) -> list["_EntryQuery"]:
        """Return the queries for what is found by *request* with each of *clauses*.

        Those for the scores are included. If too little is found, a loosened request
        needs most of them.
        """
        queries = [self._facts(_with_loose(request, clause)) for clause in clauses]
        if request.at_least > 1:
            queries += [self._pks(one) for one in request.loose]
        if request.limit and request.order == BEST_FIRST:
            queries += [self._pks(boost.clause) for boost in request.boosts]
        return queries

    def _found(self, request: Request, clause: Clause, read: "_Read") -> list[Row]:
        rows = read[self._facts(_with_loose(request, clause))]
        if request.at_least <= 1:
            return rows
        matched: Counter[int] = Counter()
        for one in request.loose:
            matched.update(map(itemgetter(ENTRY), read[self._pks(one)]))
        return [row for row in rows if matched[row[ENTRY]] >= request.at_least]

    def _facts(self, clause: Clause) -> "_EntryQuery":
        known: dict[Clause, _EntryQuery] = kept("queries of facts")
        if clause not in known:
            condition = self.where(clause)
            known[clause] = _EntryQuery(
                "SELECT entry_id, published, group_key, facet_values"
                f" FROM search_facts WHERE {condition.sql}",
                tuple(condition.parameters),
                has_facts=True,
            )
        return known[clause]

    def _pks(self, clause: Clause) -> "_EntryQuery":
        known: dict[Clause, _EntryQuery] = kept("queries of primary keys")
        if clause not in known:
            sql, parameters = self.entry_pks(clause)
            known[clause] = _EntryQuery(sql, tuple(parameters), has_facts=False)
        return known[clause]

    def _read(self, queries: Iterable["_EntryQuery"]) -> dict["_EntryQuery", list[Row]]:
        """Return the rows of each of *queries*; those not kept yet take one query."""
        known: dict[_EntryQuery, list[Row]] = kept("entries")
        queries = list(dict.fromkeys(queries))
        missing = [query for query in queries if query not in known]
        if len(missing) == 1:
            known[missing[0]] = self._execute(missing[0].sql, missing[0].parameters)
        elif missing:
            known.update((query, []) for query in missing)
            with_facts = any(query.has_facts for query in missing)
            rows = self._execute(
                " UNION ALL ".join(
                    query.part(number, padded=with_facts)
                    for number, query in enumerate(missing)
                ),
                [value for query in missing for value in query.parameters],
            )
            lists = [known[query] for query in missing]
            for row in rows:
                lists[row[0]].append(row[1:])
        return {query: known[query] for query in queries}

    def _execute(self, sql: str, parameters: Iterable[str | int]) -> list[Any]:
        """Return the rows of *sql*, which :attr:`settings` apply to."""
        with connection.cursor() as cursor:
            cursor.execute(self.settings + sql, list(parameters))
            while self.settings and cursor.nextset():
                pass
            return list(cursor.fetchall())

    def _ordered(
        self, request: Request, rows: list[Row], read: "_Read"
    ) -> tuple[int, ...]:
        scores: dict[int, int] = {}
        is_scored = request.order == BEST_FIRST and request.boosts and request.limit
        if is_scored and len(rows) > 1:
            scores = self._scores(request, rows, read)
        end = request.offset + request.limit
        # Rows with a score sort before those without; often they fill the slice.
        first = _first(request, [row for row in rows if row[ENTRY] in scores], scores)
        if len(first) < end and len(scores) < len(rows):
            first = _first(request, rows, scores)
        return tuple(place[2] for place in first[request.offset : end])

    def _scores(
        self, request: Request, rows: list[Row], read: "_Read"
    ) -> dict[int, int]:
        """Return the scores of the rows that match a boost."""
        queries = [(self._pks(boost.clause), boost.weight) for boost in request.boosts]
        found = set(map(itemgetter(ENTRY), rows))
        scores: dict[int, int] = {}
        for query, weight in queries:
            for row in read[query]:
                if row[ENTRY] in found:
                    scores[row[ENTRY]] = scores.get(row[ENTRY], 0) + weight
        return scores


@dataclass(frozen=True, slots=True)
class _EntryQuery:
    """A query for the facts of entries, or only for their primary keys."""

    sql: str
    parameters: tuple[str | int, ...]
    has_facts: bool

    def part(self, number: int, *, padded: bool) -> str:
        """Return the query as part of a union, with its *number* in each row.

        If *padded*, primary keys have empty values in place of the other facts.
        """
        empty = ", 0, '', CAST(NULL AS bytea)" if padded and not self.has_facts else ""
        return f"SELECT {number}, found.*{empty} FROM ({self.sql}) AS found"


# Rows by query.
_Read = Mapping[_EntryQuery, list[Row]]


def _with_loose(request: Request, clause: Clause) -> Clause:
    """Combine *clause* with any of the loose clauses, if some are required."""
    return both(clause, AnyOf(request.loose)) if request.at_least else clause


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
