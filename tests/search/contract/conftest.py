"""One archive of articles for all questions, and every engine over it."""

from collections.abc import Iterator
from itertools import islice

import pytest

from search.engines.choice import database_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.index import entries, term_statistics
from search.models import Change, Completion, FacetValue, PendingCount, TermStatistic
from search.replica.cluster import Cluster, writing_client
from search.replica.rebuilding import Rebuild
from tests.conftest import SHARED
from tests.search.contract.corpus import from_demo, from_shared, made_up
from tests.search.contract.oracle import Oracle

MADE_UP, SHARED_EACH = 400, 150


@pytest.fixture(scope="module")
def archive(django_db_setup, django_db_blocker) -> Iterator[Oracle]:
    """Some 1,100 entries in three languages, and what is to be found among them."""
    records = [*from_demo(), *made_up(MADE_UP)]
    if SHARED.is_dir():
        records += from_shared(SHARED / "data" / "kazakh", SHARED_EACH)
    with django_db_blocker.unblock():
        stream = iter(records)
        while batch := list(islice(stream, 200)):
            entries.put_many(batch)
        # Some are written again and some go: an index must follow both.
        entries.put_many(records[:20])
        entries.remove(record.key for record in records[20:40])
        term_statistics.apply_all_deltas()
        yield Oracle()
        entries.remove(record.key for record in records)
        for model in (Change, Completion, FacetValue, PendingCount, TermStatistic):
            model.objects.all().delete()


@pytest.fixture(scope="module", params=[1, 3], ids=["one-shard", "three-shards"])
def elasticsearch_engine(
    request, archive, elasticsearch_node
) -> Iterator[ElasticsearchEngine]:
    """The same archive in a real Elasticsearch, whole and in shards."""
    cluster = Cluster(
        (elasticsearch_node.url,), "contract", shards=request.param, search_timeout=20
    )
    client = writing_client(cluster)
    index = Rebuild(client, cluster, str).run(afresh=True)
    yield ElasticsearchEngine(client, "contract")
    client.indices.delete(index=index)


@pytest.fixture(scope="module")
def database(archive):
    return database_engine()
