"""The number of database queries of the search page with Elasticsearch."""

import pytest

from search.models import Change, Entry
from search.replica import sync
from search.replica.cluster import writing_client
from search.replica.rebuilding import Rebuild
from tests.reader.test_search_query_counts import (
    WITH_RESULTS,
    WITHOUT_RESULTS,
    page_of,
    store_articles,
    too_many,
)

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


def test_the_search_page_takes_few_queries(own_database, cluster, client):
    store_articles()
    Rebuild(writing_client(cluster), cluster, str).run(afresh=True)
    sync.report(cluster.index, seq=Change.objects.latest("seq").seq)
    day = Entry.objects.earliest("pk").published_at
    searches = {kind: text for kind, (text, _shown) in WITH_RESULTS.items()}
    counts, engines = {}, set()
    for kind, parameters in {**searches, **WITHOUT_RESULTS}.items():
        counts[kind], context = page_of(client, parameters.format(day=day))
        engines.add(context["results"].engine)
    assert not too_many(counts), counts
    assert engines == {"elasticsearch"}
