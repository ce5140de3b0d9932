"""What Elasticsearch is asked to count, and what its answers say.

Counts stand in a request of their own, without order or page: the cluster remembers its
answer until the index changes, and the next page of results costs no count.
"""

from collections.abc import Mapping
from typing import Any

from search.engines import FacetCounts, Request

Body = dict[str, Any]

# Groups of which several versions were found: with fewer than so many, what was counted
# twice is counted exactly, and taken off.
MAX_REPEATED = 2_000
# Where versions of a group may lie on several shards, those of so many entries are
# looked for exactly: each shard lists its groups.
EXACT_ENTRIES = 10_000
# With more of either, groups are estimated. An estimate is close (one or two off at
# 17,000 groups), never exact; beyond these thresholds it is off by a few per cent. Each
# takes memory of the cluster for every value: a facet with few can have more.
CLOSE_UP_TO, CLOSE_OF_FEW, CLOSE_OF_MANY = 40_000, 20_000, 1_000
FEW_VALUES = ("language", "kind", "section", "year")
# What every shard is asked for beyond the values that are wanted, so that one that is
# frequent on the whole is not missed.
SHARD_EXTRA = 500
# The same for values with many entries that are of few groups.
GROUPS_EXTRA = 300
# The largest number of values that a facet is listed with.
MAX_FACET_SIZE = 20_000
# Values that the entries of repeated groups may have; a cluster makes 65,536 buckets.
MAX_REPEATED_VALUES = 5_000
# What answers need not hold: the groups that were only to be counted.
LEFT_OUT = ["-responses.aggregations.*.values.buckets.versions"]


def selection(selected: Mapping[str, frozenset[str]], but: str = "") -> Body:
    """The filter for one of the marks of every facet in *selected*, but for one."""
    filters = [
        {"terms": {"marks": sorted(marks)}}
        for facet, marks in selected.items()
        if facet != but
    ]
    return {"bool": {"filter": filters}} if filters else {"match_all": {}}


def aggregations(request: Request) -> Body:
    """How many entries there are in all, of which groups there are several, and the
    counts of entries for each value of the facets."""
    found = _totals(request, {"aggs": _REPEATED} if request.collapse else {})
    for facet in request.facets:
        size = min(request.facet_size, MAX_FACET_SIZE)
        if request.collapse:
            # So many more that those with most groups are among them.
            size += GROUPS_EXTRA
        found[facet] = _of_facet(request, facet, size)
    return found


def aggregations_of_totals(request: Request) -> Body:
    """How many entries there are in all, and in how many groups, estimated."""
    return _totals(request, {"aggs": {"groups": _groups(CLOSE_UP_TO)}})


def _totals(request: Request, of: Body) -> Body:
    counted = {"found": request.selected}
    if request.collapse and request.facets and request.selected:
        counted["everything"] = {}
    return {
        name: {"filter": selection(chosen)} | of for name, chosen in counted.items()
    }


def aggregations_of_versions(request: Request) -> Body:
    """Of which groups there are several versions, on whichever shards: exact up to
    :data:`EXACT_ENTRIES` entries."""
    terms = {
        "field": "group",
        "size": MAX_REPEATED,
        "shard_size": EXACT_ENTRIES,
        "min_doc_count": 2,
    }
    return _totals(request, {"aggs": {"repeated": {"terms": terms}}})


def aggregations_of_repeated(request: Request) -> Body:
    """What the entries of groups with several versions have: of each value how many,
    and in how many groups."""
    found: Body = {}
    for facet in request.facets:
        found[facet] = _of_facet(request, facet, MAX_REPEATED_VALUES)
        found[facet]["aggs"]["values"]["aggs"] = _COUNTED_GROUPS
        del found[facet]["aggs"]["distinct"]
    return found


def aggregations_of_groups(request: Request) -> Body:
    """The counts of groups, estimated, for each value: of those with most entries."""
    found: Body = {}
    for facet in request.facets:
        size = min(request.facet_size, MAX_FACET_SIZE) + GROUPS_EXTRA
        exact = CLOSE_OF_FEW if facet in FEW_VALUES else CLOSE_OF_MANY
        found[facet] = _of_facet(request, facet, size)
        found[facet]["aggs"]["values"]["terms"]["collect_mode"] = "breadth_first"
        found[facet]["aggs"]["values"]["aggs"] = {"groups": _groups(exact)}
    return found


def _of_facet(request: Request, facet: str, size: int) -> Body:
    """The values of a facet with most entries, and how many values there are."""
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


# Exact on one shard alone.
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


# The number of groups of a value, exactly: an estimate may be wrong by one for so few.
_COUNTED_GROUPS: Body = {
    "versions": {"terms": {"field": "group", "size": MAX_REPEATED}},
    "groups": {"stats_bucket": {"buckets_path": "versions>_count"}},
}


def _groups(exact: int) -> Body:
    return {"cardinality": {"field": "group", "precision_threshold": exact}}


def total(found: Mapping[str, Any]) -> int:
    """How many entries, or groups, were found."""
    found = found["found"]
    if "groups" in found:
        return min(int(found["groups"]["value"]), int(found["doc_count"]))
    buckets = found["repeated"]["buckets"] if "repeated" in found else []
    return int(found["doc_count"] - sum(one["doc_count"] - 1 for one in buckets))


def is_estimated(found: Mapping[str, Any]) -> bool:
    """Whether the total is close, not exact."""
    return "groups" in found["found"]


def entries_of(found: Mapping[str, Any]) -> int:
    """How many entries were found, selected or not."""
    return int(found.get("everything", found["found"])["doc_count"])


def repeated(found: Mapping[str, Any]) -> list[str] | None:
    """The groups of which several versions were found, selected or not; None where
    there are too many to say."""
    lists = [
        found[name]["repeated"]["buckets"]
        for name in ("found", "everything")
        if name in found
    ]
    if any(len(buckets) >= MAX_REPEATED for buckets in lists):
        return None
    return [one["key"] for one in lists[-1]]


def has_versions(found: Mapping[str, Any]) -> bool:
    """Whether an article was found in more than one language, selected or not: there
    are fewer groups than entries, by more than the estimate may be wrong."""
    everything = found.get("everything", found["found"])
    entries, groups = everything["doc_count"], everything["groups"]["value"]
    missing = entries - groups
    return bool(missing > (entries // 100 if entries > CLOSE_UP_TO else 0))


def facet_counts(
    found: Mapping[str, Any], request: Request, twice: Mapping[str, Any] | None = None
) -> FacetCounts:
    """The counts of one facet, without what its values have *twice*: of groups, where
    they were counted."""
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
    """Whether a shard may have had entries of a value that it did not list."""
    return bool(values["doc_count_error_upper_bound"])
