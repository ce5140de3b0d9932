"""Separate archives for tests of engines, in the database and in Elasticsearch."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice

import pytest

from search.engines import Engine
from search.engines.choice import EngineUsed
from search.engines.elasticsearch import ElasticsearchEngine
from search.index import entries, term_statistics
from search.index.documents import IndexDocument
from search.models import Change, Completion, FacetValue, PendingCount, TermStatistic
from search.replica.cluster import Cluster, writing_client
from search.replica.rebuilding import Rebuild
from search.results import search as results
from tests.servers.elasticsearch import ElasticsearchNode


def titled(written: Mapping[str, tuple[str, ...]]) -> Iterator[IndexDocument]:
    """Yield a document for each key of *written*: its language, title and names."""
    for key, (locale, title, *names) in written.items():
        yield IndexDocument(
            key=key,
            group=key,
            locale=locale,
            url=f"/{locale}/{key}/",
            published_at=datetime(2025, 7, 8, tzinfo=UTC),
            title=title,
            lead="",
            body="",
            names="\n".join(names),
        )


def put(documents: Iterable[IndexDocument]) -> None:
    """Store *documents*, two hundred in a transaction."""
    stream = iter(documents)
    while batch := list(islice(stream, 200)):
        entries.put_many(batch)


def ask_only(engine: Engine, patch: pytest.MonkeyPatch) -> None:
    """Use *engine* for all searches."""
    patch.setattr(
        results,
        "ask",
        lambda request: (engine.search(request), EngineUsed(engine.name)),
    )


@contextmanager
def cleared_afterwards(keys: Iterable[str]) -> Iterator[None]:
    """Count what has been stored; delete the entries with *keys* in the end."""
    term_statistics.apply_all_deltas()
    yield
    entries.remove(keys)
    for model in (Change, Completion, FacetValue, PendingCount, TermStatistic):
        model.objects.all().delete()


@contextmanager
def in_elasticsearch(
    node: ElasticsearchNode, name: str, *, shards: int = 1
) -> Iterator[ElasticsearchEngine]:
    """Yield an engine over a copy of the stored entries in a real Elasticsearch."""
    cluster = Cluster((node.url,), name, shards=shards, search_timeout=20)
    client = writing_client(cluster)
    index = Rebuild(client, cluster, str).run(afresh=True)
    yield ElasticsearchEngine(client, name)
    client.indices.delete(index=index)
