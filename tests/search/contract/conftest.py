"""One archive of articles for all questions, and every engine over it."""

from collections.abc import Iterator

import pytest

from search.engines.choice import database_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.index import entries
from tests.conftest import SHARED
from tests.search.contract.corpus import from_demo, from_shared, made_up
from tests.search.contract.engines import cleared_afterwards, in_elasticsearch, put
from tests.search.contract.oracle import Oracle

MADE_UP, SHARED_EACH = 400, 150


@pytest.fixture(scope="module")
def archive(django_db_setup, django_db_blocker) -> Iterator[Oracle]:
    """Store some 1,100 entries in three languages; yield an oracle of the results."""
    records = [*from_demo(), *made_up(MADE_UP)]
    if SHARED.is_dir():
        records += from_shared(SHARED / "data" / "kazakh", SHARED_EACH)
    with django_db_blocker.unblock():
        put(records)
        # Some are written again and some go: an index must follow both.
        entries.put_many(records[:20])
        entries.remove(record.key for record in records[20:40])
        with cleared_afterwards(record.key for record in records):
            yield Oracle()


@pytest.fixture(scope="module", params=[1, 3], ids=["one-shard", "three-shards"])
def elasticsearch_engine(
    request, archive, elasticsearch_node
) -> Iterator[ElasticsearchEngine]:
    """Yield the same archive in a real Elasticsearch, whole and in shards."""
    with in_elasticsearch(
        elasticsearch_node, "contract", shards=request.param
    ) as engine:
        yield engine


@pytest.fixture(scope="module")
def database(archive):
    return database_engine()
