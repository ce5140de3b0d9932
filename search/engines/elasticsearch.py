"""Elasticsearch engine: one document for each entry, queried by its terms.

The index is a replica of the entries; :mod:`search.replica.schema` describes the
documents. Scores are sums of integers, so that they are the same on every shard and in
the other engines.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any as AnyValue

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.engines import (
    BEST_FIRST,
    NEWEST_FIRST,
    OLDEST_FIRST,
    Answer,
    EngineError,
    FacetCounts,
    QueryRefusedError,
    Request,
)
from search.engines.aggregations import (
    EXACT_ENTRIES,
    LEFT_OUT,
    Body,
    aggregations,
    aggregations_of_groups,
    aggregations_of_repeated,
    aggregations_of_totals,
    aggregations_of_versions,
    entries_of,
    facet_counts,
    has_versions,
    is_estimated,
    repeated,
    selection,
    total,
)
from search.plan.clauses import (
    AllOf,
    AnyOf,
    Clause,
    DateRange,
    FlagMatch,
    NoneOf,
    PhraseMatch,
    PrefixMatch,
    TermMatch,
)
from search.replica.schema import CHECKPOINT
from search.replica.writing import state_of

# Elasticsearch's default limit for the start of a page; deeper pages use search_after.
PAGE_WINDOW = 10_000
# Seconds for a page of an export, which no reader waits for.
EXPORT_TIMEOUT = 30.0
# HTTP status of a healthy cluster that refuses a search.
REFUSED = 400
# Finds the checkpoints of the indices that are searched. Results are rejected if an
# alias was moved to a foreign index or points to two indices.
_WHERE: Body = {
    "query": {"ids": {"values": [CHECKPOINT]}},
    "size": 2,
    "_source": False,
    "stored_fields": [CHECKPOINT],
}


class ElasticsearchEngine:
    """Elasticsearch engine; see :class:`search.engines.Engine`."""

    name = "elasticsearch"

    def __init__(
        self, client: Elasticsearch, index: str, preference: str | None = None
    ) -> None:
        """Search the index or alias *index*.

        *preference* selects the copies of its shards, in Elasticsearch's syntax.
        """
        self.client = client
        self.index = index
        self.preference = preference

    def search(self, request: Request) -> Answer:
        """Return what is found; see :meth:`search.engines.Engine.search`."""
        try:
            return self._search(request)
        except (ApiError, TransportError) as error:
            raise _error(error) from error

    def _search(self, request: Request) -> Answer:
        """Search with one request for the page and the counts together.

        With ``collapse``, counting groups may take further requests; a page beyond
        :data:`PAGE_WINDOW` takes several.
        """
        end = request.offset + request.limit
        walks = end > PAGE_WINDOW and not request.collapse
        asked = [_counting(request, aggregations(request))]
        if request.limit and not walks:
            page = {"from": request.offset, "size": request.limit}
            asked.append(body_of(request) | page | {"track_total_hits": False})
        counts, *pages = self._ask(*asked)
        ids = [hit["sort"][-1] for page in pages for hit in page["hits"]["hits"]]
        found = counts["aggregations"]
        if request.collapse:
            is_whole = counts["_shards"]["total"] == 1
            found, facets = self._in_groups(request, found, is_whole=is_whole)
        else:
            facets = {f: facet_counts(found[f], request) for f in request.facets}
        return Answer(
            total=total(found),
            ids=self._walk(request) if walks else tuple(ids),
            facets=facets,
            is_estimated=is_estimated(found),
        )

    def _in_groups(
        self, request: Request, found: Mapping[str, AnyValue], *, is_whole: bool
    ) -> tuple[Mapping[str, AnyValue], dict[str, FacetCounts]]:
        """Return the totals and the facet counts in groups.

        If no two of the entries found are versions of one article, which is the usual
        case, no further request is made.
        """
        if not is_whole and entries_of(found) <= EXACT_ENTRIES:
            counts = aggregations_of_versions(request)
            (answer,) = self._ask(_counting(request, counts))
            found, is_whole = {**found, **answer["aggregations"]}, True
        groups = repeated(found) if is_whole else None
        twice: Mapping[str, AnyValue] = {}
        if groups is None:
            (answer,) = self._ask(_counting(request, aggregations_of_totals(request)))
            found = {**found, **answer["aggregations"]}
            if request.facets and has_versions(found):
                counts = aggregations_of_groups(request)
                (answer,) = self._ask(_counting(request, counts))
                found = {**found, **answer["aggregations"]}
        elif groups and request.facets:
            counts = aggregations_of_repeated(request)
            among = {"terms": {"group": groups}}
            (answer,) = self._ask(_counting(request, counts, among))
            twice = answer["aggregations"]
        facets = {
            facet: facet_counts(found[facet], request, twice.get(facet))
            for facet in request.facets
        }
        if is_estimated(found):  # whether versions exist is then an estimate, too
            facets = {f: replace(c, is_estimated=True) for f, c in facets.items()}
        return found, facets

    def _ask(self, *bodies: Body) -> list[Mapping[str, AnyValue]]:
        header = {"index": self.index}
        if self.preference:
            header["preference"] = self.preference
        searches = [part for body in (*bodies, _WHERE) for part in (header, body)]
        answers = self.client.msearch(searches=searches, filter_path=LEFT_OUT)
        answers = answers["responses"]
        for answer in answers:
            if "error" in answer:
                error = answer["error"]
                reason = f"{answer['status']}: {error.get('reason') or error}"
                raise _error_of(answer["status"], reason)
            if answer["timed_out"] or answer["_shards"]["failed"]:
                raise EngineError("Not all shards have answered.")
        places = [hit.get("fields") for hit in answers.pop()["hits"]["hits"]]
        if len(places) != 1 or state_of(places[0]) is None:
            raise EngineError(
                f"{self.index} does not lead to one index of the archive."
            )
        return list(answers)

    def every(self, request: Request) -> Iterator[int]:
        """Yield all entries found, from one point in time.

        See :meth:`search.engines.Engine.every`.
        """
        asked = replace(
            request, order=NEWEST_FIRST, collapse=False, facets=(), boosts=()
        )
        body = body_of(asked) | {"size": PAGE_WINDOW, "track_total_hits": False}
        client = self.client.options(request_timeout=EXPORT_TIMEOUT)
        try:
            pit = client.open_point_in_time(index=self.index, keep_alive="1m")["id"]
            try:
                after = None
                while True:
                    body["pit"] = {"id": pit, "keep_alive": "1m"}
                    page = client.search(
                        **body | ({"search_after": after} if after else {})
                    )
                    hits = page["hits"]["hits"]
                    yield from (hit["sort"][1] for hit in hits)
                    if len(hits) < PAGE_WINDOW:
                        return
                    after, pit = hits[-1]["sort"], page["pit_id"]
            finally:
                client.close_point_in_time(id=pit)
        except (ApiError, TransportError) as error:
            raise _error(error) from error

    def _walk(self, request: Request) -> tuple[int, ...]:
        """Return the primary keys of a slice that starts beyond :data:`PAGE_WINDOW`."""
        body = body_of(request) | {"track_total_hits": False}
        position, after, ids = 0, None, []
        end = request.offset + request.limit
        while position < end:
            size = min(PAGE_WINDOW, end - position)
            part = body | {"size": size} | ({"search_after": after} if after else {})
            hits = self.client.search(
                index=self.index, preference=self.preference, **_arguments(part)
            )["hits"]
            if not hits["hits"]:
                break
            ids += [
                hit["sort"][-1]
                for number, hit in enumerate(hits["hits"], start=position)
                if number >= request.offset
            ]
            position += len(hits["hits"])
            after = hits["hits"][-1]["sort"]
        return tuple(ids)


def _arguments(body: Body) -> Body:
    """Return the search *body* as keyword arguments of the client."""
    return {
        ("from_" if name == "from" else name): value for name, value in body.items()
    }


def body_of(request: Request) -> Body:
    """Return the search body for *request*, in its order, without its page."""
    query: Body = {"filter": _filters(request)}
    if request.order == BEST_FIRST and request.boosts:
        query["should"] = [
            {"constant_score": {"filter": query_of(b.clause), "boost": b.weight}}
            for b in request.boosts
        ]
        query["minimum_should_match"] = 0
    by_time = "asc" if request.order == OLDEST_FIRST else "desc"
    body: Body = {
        "query": {"bool": query},
        "sort": [{"published": by_time}, {"id": "asc"}],
        "_source": False,
    }
    if request.order == BEST_FIRST:
        body["sort"].insert(0, {"_score": "desc"})
    if request.selected:
        body["post_filter"] = selection(request.selected)
    if request.collapse:
        body["collapse"] = {"field": "group"}
    return body


def _error(error: ApiError | TransportError) -> EngineError:
    """Return the EngineError to raise for *error* of the client."""
    status = error.meta.status if isinstance(error, ApiError) else 0
    return _error_of(status, f"{type(error).__name__}: {error}")


def _error_of(status: int, reason: str) -> EngineError:
    return (QueryRefusedError if status == REFUSED else EngineError)(reason)


def _counting(request: Request, counts: Body, *among: Body) -> Body:
    """Return the body of a search that only counts.

    The body is the same for every page, so that the cluster may answer from its request
    cache.
    """
    return {
        "query": {"bool": {"filter": [*_filters(request), *among]}},
        "size": 0,
        "track_total_hits": False,
        "aggs": counts,
    }


def _filters(request: Request) -> list[Body]:
    filters = [query_of(request.clause)]
    if request.at_least:
        filters.append(_either(request.loose, request.at_least))
    return filters


def query_of(clause: Clause) -> Body:
    """Return *clause* in Elasticsearch's query language, as a filter."""
    if isinstance(clause, TermMatch):
        return _word(clause)
    if isinstance(clause, PhraseMatch):
        phrases = [" ".join(words) for words in sorted(clause.sequences)]
        return _should([{"match_phrase": {clause.variant: text}} for text in phrases])
    if isinstance(clause, PrefixMatch):
        ways = [("exact", text) for text in sorted(clause.exact)]
        ways += [("folded", text) for text in sorted(clause.folded)]
        return _should(
            [{"prefix": {variant: {"value": text}}} for variant, text in ways]
        )
    if isinstance(clause, FlagMatch):
        return {"terms": {"marks": sorted(clause.marks)}}
    if isinstance(clause, DateRange):
        bounds = {"gte": clause.start, "lt": clause.end}
        limits = {name: at for name, at in bounds.items() if at is not None}
        return {"range": {"published": limits}}
    if isinstance(clause, NoneOf):
        return {"bool": {"must_not": [query_of(clause.clause)]}}
    if isinstance(clause, AllOf):
        if not clause.clauses:
            return {"match_all": {}}
        return {"bool": {"filter": [query_of(part) for part in clause.clauses]}}
    if isinstance(clause, AnyOf):
        return _either(clause.clauses, 1)
    raise TypeError(f"{clause!r} is no clause")


def _word(word: TermMatch) -> Body:
    ways: list[Body] = []
    if word.stems:
        ways.append({"terms": {"stems": sorted(word.stems)}})
    if word.folded:
        ways.append({"terms": {"folded": sorted(word.folded)}})
    for text in sorted(word.relatives):
        ways.append({"prefix": {"exact": {"value": text}}})
    if word.parts:
        ways.append({"bool": {"filter": [_word(part) for part in word.parts]}})
    return _should(ways)


def _either(clauses: tuple[Clause, ...], at_least: int) -> Body:
    return _should([query_of(part) for part in clauses], at_least)


def _should(ways: list[Body], at_least: int = 1) -> Body:
    if not ways:
        return {"match_none": {}}
    return {"bool": {"should": ways, "minimum_should_match": at_least}}
