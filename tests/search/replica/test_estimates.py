"""Counts of Elasticsearch are exact or marked as estimates."""

from collections.abc import Iterable

import pytest

from search.engines import Request
from search.engines.aggregations import EXACT_ENTRIES, MAX_REPEATED
from search.engines.elasticsearch import ElasticsearchEngine
from search.facets import registry
from search.plan.clauses import FlagMatch
from search.replica.cluster import Cluster, writing_client
from search.replica.rebuilding import Rebuild
from search.replica.schema import keyword, own_alias

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

YEAR, PLACE = registry.get("year").code, registry.get("place").code


def number(key: int, facet: int) -> str:
    return keyword(key << 4 | facet)


def documents(groups: int, repeated: int) -> Iterable[dict]:
    """Yield *groups* groups of one version, the first *repeated* of them with two."""
    for place in range(groups + repeated):
        group = place % groups
        yield {
            "id": place,
            "group": f"group-{group}",
            "locale": "ru" if place >= groups else "kk",
            "published": group,
            "seq": place,
            "exact": ["форум"],
            "marks": "every",
            "facets": {
                "year": [number(group % 3, YEAR)],
                "place": [number(group % 700, PLACE)],
            },
        }


def filled(cluster: Cluster, groups: int, repeated: int) -> ElasticsearchEngine:
    client = writing_client(cluster)
    index = Rebuild(client, cluster, str).run(afresh=True)
    operations: list[dict] = []
    for document in documents(groups, repeated):
        operations += [{"index": {"_id": f"d-{document['id']}"}}, document]
    for start in range(0, len(operations), 10_000):
        client.bulk(
            index=own_alias(index), operations=operations[start : start + 10_000]
        )
    client.indices.refresh(index=index)
    return ElasticsearchEngine(
        writing_client(cluster).options(request_timeout=60), cluster.index
    )


@pytest.mark.parametrize(
    ("shards", "groups", "repeated", "is_close"),
    [
        pytest.param(1, 17_331, 400, False, id="one shard"),
        pytest.param(1, 9_000, MAX_REPEATED + 1, True, id="many in two languages"),
        pytest.param(3, EXACT_ENTRIES - 400, 400, False, id="few on three shards"),
        pytest.param(3, 17_331, 400, True, id="many on three shards"),
    ],
)
def test_counts_not_marked_as_estimates_are_exact(
    own_database, set_up, elasticsearch, shards, groups, repeated, is_close
):
    cluster = set_up(elasticsearch.url, shards=shards, search_timeout=60.0)
    engine = filled(cluster, groups, repeated)
    every = FlagMatch(frozenset({"every"}))
    answer = engine.search(
        Request(every, collapse=True, facets=("year", "place"), facet_size=1000)
    )
    assert answer.is_estimated is is_close
    years, places = answer.facets["year"], answer.facets["place"]
    assert years.is_estimated is places.is_estimated is is_close
    if is_close:
        assert abs(answer.total - groups) < groups / 50
        return
    assert answer.total == groups
    assert dict(years.values) == {
        int(number(key, YEAR)): len(range(key, groups, 3)) for key in range(3)
    }
    assert dict(places.values) == {
        int(number(key, PLACE)): len(range(key, groups, 700)) for key in range(700)
    }
    assert places.distinct == 700
    assert not places.is_distinct_estimated
    by_version = engine.search(Request(every, facets=("year",)))
    assert (by_version.total, by_version.is_estimated) == (groups + repeated, False)
