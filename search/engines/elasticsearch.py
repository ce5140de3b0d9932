"""Elasticsearch: one document for each entry, asked in the terms of entries.

The index is a replica of the entries; what a document holds is in
:mod:`search.replica.schema`. Scores are sums of whole numbers, so that they are the
same on every shard, and in the other engines.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any as AnyValue

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.clauses import (
    All,
    Any,
    Beginning,
    Clause,
    Marked,
    Not,
    Published,
    Sequence,
    Word,
)
from search.engines import (
    BEST_FIRST,
    NEWEST_FIRST,
    OLDEST_FIRST,
    Answer,
    EngineError,
    FacetCounts,
    Request,
)

Body = dict[str, AnyValue]

# Elasticsearch's own default for how deep a page may start; deeper ones are walked to.
PAGE_WINDOW = 10_000
# Seconds for a page of an export, which nobody waits for.
EXPORT_TIMEOUT = 30.0
# How many groups are found, and values there are, is exact up to this many, and close
# beyond; how many groups have one value of a facet up to the others. Each such count
# takes memory of the cluster for every value: a facet with few can have more.
EXACT_UP_TO, EXACT_OF_FEW, EXACT_OF_MANY = 40_000, 20_000, 1_000
FEW_VALUES = ("language", "kind", "section", "year")
# What every shard is asked for beyond the values that are wanted, so that one that is
# frequent on the whole is not missed.
SHARD_EXTRA = 500
# The same for values with many entries that are of few groups.
GROUPS_EXTRA = 300
# The largest number of values that a facet is listed with.
MAX_FACET_SIZE = 20_000


class ElasticsearchEngine:
    """See :class:`search.engines.Engine`."""

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch, index: str) -> None:
        """*index* is the name, or alias, that is searched."""
        self.client = client
        self.index = index

    def search(self, request: Request) -> Answer:
        """See :meth:`search.engines.Engine.search`."""
        try:
            return self._search(request)
        except (ApiError, TransportError) as error:
            raise EngineError(f"{type(error).__name__}: {error}") from error

    def _search(self, request: Request) -> Answer:
        body = body_of(request)
        end = request.offset + request.limit
        walks = end > PAGE_WINDOW and not request.collapse
        if walks:
            body |= {"size": 0}
        else:
            body |= {"from": request.offset, "size": request.limit}
        response = self._ask(body)
        ids = tuple(hit["sort"][-1] for hit in response["hits"]["hits"])
        return Answer(
            total=_total(request, response),
            ids=self._walk(request) if walks else ids,
            facets=self._facets(
                request, body["query"], response.get("aggregations", {})
            ),
        )

    def _ask(self, body: Body) -> Mapping[str, AnyValue]:
        response = self.client.search(index=self.index, **_arguments(body)).body
        if response["timed_out"] or response["_shards"]["failed"]:
            raise EngineError("Not all shards have answered.")
        return response  # type: ignore[no-any-return]

    def _facets(
        self, request: Request, query: Body, found: Mapping[str, AnyValue]
    ) -> dict[str, FacetCounts]:
        """The counts of facets: of entries, where no two of those found are versions of
        one article, and of groups only where there are any to count."""
        if request.facets and request.collapse and _has_versions(found["everything"]):
            aggs = _aggregations(request, by_group=True)
            body = {"query": query, "size": 0, "track_total_hits": False, "aggs": aggs}
            found = self._ask(body)["aggregations"]
            return {f: _facet_counts(found[f], request, True) for f in request.facets}
        return {f: _facet_counts(found[f], request, False) for f in request.facets}

    def every(self, request: Request) -> Iterator[int]:
        """See :meth:`search.engines.Engine.every`: from one point in time."""
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
            raise EngineError(f"{type(error).__name__}: {error}") from error

    def _walk(self, request: Request) -> tuple[int, ...]:
        """The numbers of a slice that begins too deep to be asked for directly."""
        body = body_of(request)
        body.pop("aggs", None)
        body |= {"track_total_hits": False}
        position, after, ids = 0, None, []
        end = request.offset + request.limit
        while position < end:
            size = min(PAGE_WINDOW, end - position)
            part = body | {"size": size} | ({"search_after": after} if after else {})
            hits = self.client.search(index=self.index, **_arguments(part))["hits"]
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
    """The body of a search as the client's keyword arguments."""
    return {
        ("from_" if name == "from" else name): value for name, value in body.items()
    }


def body_of(request: Request) -> Body:
    """Return the body of the search that answers *request*, but for its page."""
    filters = [query_of(request.clause)]
    if request.at_least:
        filters.append(_either(request.loose, request.at_least))
    query: Body = {"filter": filters}
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
        "track_total_hits": True,
    }
    if request.order == BEST_FIRST:
        body["sort"].insert(0, {"_score": "desc"})
    if request.selected:
        body["post_filter"] = _selection(request.selected)
    if request.collapse:
        body["collapse"] = {"field": "group"}
    if aggregations := _aggregations(request):
        body["aggs"] = aggregations
    return body


def query_of(clause: Clause) -> Body:
    """Return *clause* in Elasticsearch's query language, as a filter."""
    if isinstance(clause, Word):
        return _word(clause)
    if isinstance(clause, Sequence):
        phrases = [" ".join(words) for words in sorted(clause.sequences)]
        return _should([{"match_phrase": {clause.form: text}} for text in phrases])
    if isinstance(clause, Beginning):
        ways = [("exact", text) for text in sorted(clause.exact)]
        ways += [("folded", text) for text in sorted(clause.folded)]
        return _should([{"prefix": {form: {"value": text}}} for form, text in ways])
    if isinstance(clause, Marked):
        return {"terms": {"marks": sorted(clause.marks)}}
    if isinstance(clause, Published):
        bounds = {"gte": clause.start, "lt": clause.end}
        limits = {name: at for name, at in bounds.items() if at is not None}
        return {"range": {"published": limits}}
    if isinstance(clause, Not):
        return {"bool": {"must_not": [query_of(clause.clause)]}}
    if isinstance(clause, All):
        if not clause.clauses:
            return {"match_all": {}}
        return {"bool": {"filter": [query_of(part) for part in clause.clauses]}}
    if isinstance(clause, Any):
        return _either(clause.clauses, 1)
    raise TypeError(f"{clause!r} is no clause")


def _word(word: Word) -> Body:
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


def _selection(selected: Mapping[str, frozenset[str]], but: str = "") -> Body:
    filters = [
        {"terms": {"marks": sorted(marks)}}
        for facet, marks in selected.items()
        if facet != but
    ]
    return {"bool": {"filter": filters}} if filters else {"match_all": {}}


def _aggregations(request: Request, *, by_group: bool = False) -> Body:
    """The counts of *request*: of entries for each value, or, which takes several
    times as long, of groups."""
    found: Body = {}
    if request.collapse and not by_group:
        for name, chosen in (("found", request.selected), ("everything", {})):
            of = {"groups": _groups(EXACT_UP_TO)}
            found[name] = {"filter": _selection(chosen), "aggs": of}
        if not request.facets:
            found.pop("everything")
    for facet in request.facets:
        size = min(request.facet_size, MAX_FACET_SIZE)
        field = f"facets.{facet}"
        terms: Body = {
            "field": field,
            "size": size,
            "shard_size": size + SHARD_EXTRA,
            "order": [{"_count": "desc"}, {"_key": "asc"}],
        }
        values: Body = {"terms": terms}
        if by_group:
            # Those with most entries, so many more of them that those with most
            # groups are among them; groups are counted for these only.
            terms |= {"size": size + GROUPS_EXTRA, "collect_mode": "breadth_first"}
            exact = EXACT_OF_FEW if facet in FEW_VALUES else EXACT_OF_MANY
            values["aggs"] = {"groups": _groups(exact)}
        distinct = {"field": field, "precision_threshold": EXACT_UP_TO}
        aggs: Body = {"values": values, "distinct": {"cardinality": distinct}}
        chosen = _selection(request.selected, but=facet)
        found[facet] = {"filter": chosen, "aggs": aggs}
    return found


def _has_versions(everything: Mapping[str, AnyValue]) -> bool:
    """Whether an article was found in more than one language: there are fewer groups
    than entries, by more than their count may be wrong."""
    entries, groups = everything["doc_count"], everything["groups"]["value"]
    missing = entries - groups
    return bool(missing > (entries // 100 if entries > EXACT_UP_TO else 0))


def _groups(exact: int) -> Body:
    return {"cardinality": {"field": "group", "precision_threshold": exact}}


def _total(request: Request, response: Mapping[str, AnyValue]) -> int:
    if request.collapse:
        return int(response["aggregations"]["found"]["groups"]["value"])
    return int(response["hits"]["total"]["value"])


def _facet_counts(
    found: Mapping[str, AnyValue], request: Request, by_group: bool
) -> FacetCounts:
    values = [
        (
            int(bucket["key"]),
            int(bucket["groups"]["value"] if by_group else bucket["doc_count"]),
        )
        for bucket in found["values"]["buckets"]
    ]
    values.sort(key=lambda pair: (-pair[1], pair[0]))
    distinct = int(found["distinct"]["value"])
    return FacetCounts(tuple(values[: request.facet_size]), distinct)
