"""Export of all results of a search, for files rather than pages."""

from collections.abc import Iterator

from search.batches import batches
from search.engines import EngineError
from search.engines.choice import database_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.index.fields import COLUMN_NAMES
from search.models import Entry
from search.query import parse
from search.replica.cluster import configured, reading_client
from search.replica.nodes import nodes_of
from search.results.search import Search, request_of

# Entries in memory at a time.
STREAMED_AT_ONCE = 500


def every(search: Search) -> Iterator[Entry]:
    """Yield every entry that matches *search*, newest first, as of one point in time.

    Language versions are yielded one by one. The page and the order of *search* are
    ignored.
    """
    pks = _entry_pks(search)
    for batch in batches(pks, STREAMED_AT_ONCE):
        found = Entry.objects.defer(*COLUMN_NAMES, "marks").in_bulk(batch)
        yield from (found[pk] for pk in batch if pk in found)


def _entry_pks(search: Search) -> list[int]:
    request = request_of(search, parse(search.text))
    if request is None:
        return []
    cluster = configured()
    if cluster is not None:
        client = reading_client(nodes_of(cluster).answering())
        engine = ElasticsearchEngine(client, cluster.index)
        try:
            return list(engine.every(request))
        except EngineError:
            pass  # fall back to the database
    return list(database_engine().every(request))
