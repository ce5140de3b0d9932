"""Aggregations for Elasticsearch: building the requests and reading the responses.

Counts have a request of their own, without order or page. The cluster caches its
response until the index changes, so the next page of results needs no new count.
"""

from collections.abc import Mapping
from typing import Any

from search.engines import FacetCounts, Request

Body = dict[str, Any]

# Below this number of groups with several versions found, entries counted twice are
# counted exactly and subtracted.
MAX_REPEATED = 2_000
# Versions of a group may lie on several shards. Up to this number of entries, repeated
# groups are searched exactly: each shard lists its groups.
EXACT_ENTRIES = 10_000
# Above these limits, groups are estimated. Up to the thresholds below, an estimate is
# close (one or two off at 17,000 groups) but never exact; beyond them it is off by a
# few per cent. An estimate takes memory in the cluster for every value, so facets with
# few values can have a higher threshold.
CLOSE_UP_TO, CLOSE_OF_FEW, CLOSE_OF_MANY = 40_000, 20_000, 1_000
FEW_VALUES = ("language", "kind", "section", "year")
# Extra values requested from every shard, so that a value that is frequent overall is
# not missed.
SHARD_EXTRA = 500
# The same for values with many entries in few groups.
GROUPS_EXTRA = 300
# The largest number of values listed for a facet.
MAX_FACET_SIZE = 20_000
# Values that the entries of repeated groups may have; a cluster allows 65,536 buckets.
MAX_REPEATED_VALUES = 5_000
# Parts left out of responses: the groups that only had to be counted.
LEFT_OUT = ["-responses.aggregations.*.values.buckets.versions"]


def selection(selected: Mapping[str, frozenset[str]], but: str = "") -> Body:
    """Return the filter for the *selected* filter terms, except those of facet *but*.

    An entry must have one of the filter terms of every facet.
    """
    filters = [
        {"terms": {"marks": sorted(marks)}}
        for facet, marks in selected.items()
        if facet != but
    ]
    return {"bool": {"filter": filters}} if filters else {"match_all": {}}


def aggregations(request: Request) -> Body:
    """Return aggregations for the totals, repeated groups and facet counts.

    Facet counts are counts of entries. Without ``collapse`` repeated groups are left
    out.
    """
    found = _totals(request, {"aggs": _REPEATED} if request.collapse else {})
    for facet in request.facets:
        size = min(request.facet_size, MAX_FACET_SIZE)
        if request.collapse:
            # Request more values, so that those with most groups are among them.
            size += GROUPS_EXTRA
        found[facet] = _of_facet(request, facet, size)
    return found


def aggregations_of_totals(request: Request) -> Body:
    """Return aggregations for the number of entries and, estimated, of groups."""
    return _totals(request, {"aggs": {"groups": _groups(CLOSE_UP_TO)}})


def _totals(request: Request, of: Body) -> Body:
    counted = {"found": request.selected}
    if request.collapse and request.facets and request.selected:
        counted["everything"] = {}
    return {
        name: {"filter": selection(chosen)} | of for name, chosen in counted.items()
    }


def aggregations_of_versions(request: Request) -> Body:
    """Return aggregations for the groups with several versions on all shards.

    They are exact up to :data:`EXACT_ENTRIES` entries.
    """
    terms = {
        "field": "group",
        "size": MAX_REPEATED,
        "shard_size": EXACT_ENTRIES,
        "min_doc_count": 2,
    }
    return _totals(request, {"aggs": {"repeated": {"terms": terms}}})


def aggregations_of_repeated(request: Request) -> Body:
    """Return aggregations for the entries of repeated groups.

    They count, for each facet value, its entries and its groups.
    """
    found: Body = {}
    for facet in request.facets:
        found[facet] = _of_facet(request, facet, MAX_REPEATED_VALUES)
        found[facet]["aggs"]["values"]["aggs"] = _COUNTED_GROUPS
        del found[facet]["aggs"]["distinct"]
    return found


def aggregations_of_groups(request: Request) -> Body:
    """Return aggregations for the estimated number of groups of each facet value.

    Only the values with most entries are counted.
    """
    found: Body = {}
    for facet in request.facets:
        size = min(request.facet_size, MAX_FACET_SIZE) + GROUPS_EXTRA
        exact = CLOSE_OF_FEW if facet in FEW_VALUES else CLOSE_OF_MANY
        found[facet] = _of_facet(request, facet, size)
        found[facet]["aggs"]["values"]["terms"]["collect_mode"] = "breadth_first"
        found[facet]["aggs"]["values"]["aggs"] = {"groups": _groups(exact)}
    return found


def _of_facet(request: Request, facet: str, size: int) -> Body:
    """Return aggregations for the most frequent values of *facet* and their number."""
    field = f"facets.{facet}"
    terms: Body = {
        "field": field,
        "size": size,
        "shard_size": size + SHARD_EXTRA,
        "order": [{"_count": "desc"}, {"_key": "asc"}],
    }
    distinct = {"field": field, "precision_threshold": CLOSE_UP_TO}
    return {
        "filter": selection(request.selected, but=facet),
        "aggs": {"values": {"terms": terms}, "distinct": {"cardinality": distinct}},
    }


# Exact only on a single shard.
_REPEATED: Body = {
    "repeated": {
        "terms": {
            "field": "group",
            "size": MAX_REPEATED,
            "min_doc_count": 2,
            "shard_min_doc_count": 2,
        }
    }
}


# The exact number of groups of a value: an estimate may be off by one even for so few.
_COUNTED_GROUPS: Body = {
    "versions": {"terms": {"field": "group", "size": MAX_REPEATED}},
    "groups": {"stats_bucket": {"buckets_path": "versions>_count"}},
}


def _groups(exact: int) -> Body:
    return {"cardinality": {"field": "group", "precision_threshold": exact}}


def total(found: Mapping[str, Any]) -> int:
    """Return the number of entries, or of groups, found."""
    found = found["found"]
    if "groups" in found:
        return min(int(found["groups"]["value"]), int(found["doc_count"]))
    buckets = found["repeated"]["buckets"] if "repeated" in found else []
    return int(found["doc_count"] - sum(one["doc_count"] - 1 for one in buckets))


def is_estimated(found: Mapping[str, Any]) -> bool:
    """Return whether the total is an estimate."""
    return "groups" in found["found"]


def entries_of(found: Mapping[str, Any]) -> int:
    """Return the number of entries found, ignoring the selection."""
    return int(found.get("everything", found["found"])["doc_count"])


def repeated(found: Mapping[str, Any]) -> list[str] | None:
    """Return the groups with several versions found, ignoring the selection.

    Returns None if there are :data:`MAX_REPEATED` or more.
    """
    lists = [
        found[name]["repeated"]["buckets"]
        for name in ("found", "everything")
        if name in found
    ]
    if any(len(buckets) >= MAX_REPEATED for buckets in lists):
        return None
    return [one["key"] for one in lists[-1]]


def has_versions(found: Mapping[str, Any]) -> bool:
    """Return whether an article was found in several languages.

    The selection is ignored. There are then fewer groups than entries, by more than the
    error of the estimate.
    """
    everything = found.get("everything", found["found"])
    entries, groups = everything["doc_count"], everything["groups"]["value"]
    missing = entries - groups
    return bool(missing > (entries // 100 if entries > CLOSE_UP_TO else 0))


def facet_counts(
    found: Mapping[str, Any], request: Request, twice: Mapping[str, Any] | None = None
) -> FacetCounts:
    """Return the counts of one facet.

    *twice* holds the counts of repeated groups; their surplus entries are subtracted,
    so that groups are counted.
    """
    off: dict[str, int] = {}
    for bucket in twice["values"]["buckets"] if twice else ():
        off[bucket["key"]] = bucket["doc_count"] - bucket["groups"]["count"]
    buckets = found["values"]["buckets"]
    values = [
        (int(bucket["key"]), _count(bucket) - off.get(bucket["key"], 0))
        for bucket in buckets
    ]
    values.sort(key=lambda pair: (-pair[1], pair[0]))
    is_whole = not found["values"]["sum_other_doc_count"]
    return FacetCounts(
        tuple(values[: request.facet_size]),
        len(buckets) if is_whole else int(found["distinct"]["value"]),
        is_estimated=_is_close(found["values"])
        or bool(twice and twice["values"]["sum_other_doc_count"])
        or any("groups" in bucket for bucket in buckets),
        is_distinct_estimated=not is_whole,
    )


def _count(bucket: Mapping[str, Any]) -> int:
    if "groups" in bucket:
        return min(int(bucket["groups"]["value"]), int(bucket["doc_count"]))
    return int(bucket["doc_count"])


def _is_close(values: Mapping[str, Any]) -> bool:
    """Return whether a shard may have left out entries of a listed value."""
    return bool(values["doc_count_error_upper_bound"])
