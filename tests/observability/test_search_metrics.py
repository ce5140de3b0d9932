"""A search of one reader is one in the metrics, however many requests it makes."""

from types import SimpleNamespace

import pytest

from search.engines import choice
from search.models import FacetValue
from search.results import landing
from search.signals import answered
from tests.reader.test_search_query_counts import store_articles

pytestmark = pytest.mark.django_db
SEARCHES = {
    "results": "q=форум",
    "a page past the last": "q=форум&page=9",
    "a loosened search": "q=форум жоқсөз бірсөз",
    "an unknown word": "q=жоқсөз",
    "suggestions without the filter": "q=форум спорт&year=1999",
    "suggestions in other languages": "q=жоқсөз бірсөз&language=all&year=1999",
    "all values of a facet": "q=форум&facet=person",
}


@pytest.fixture(scope="module")
def archive(shared_rows) -> None:
    with shared_rows():
        store_articles()


@pytest.fixture(params=["database", "elasticsearch"])
def engine(request, monkeypatch) -> str:
    """Return the engine that answers; the replica finds what the database does."""
    if request.param == "database":
        return choice.database_engine().name
    cluster = SimpleNamespace(urls=("http://127.0.0.1:1",), index="index")
    monkeypatch.setattr(choice, "configured", lambda: cluster)
    monkeypatch.setattr(choice, "_is_behind", lambda cluster: False)
    monkeypatch.setattr(
        choice,
        "_ask_replica",
        lambda cluster, request: choice.database_engine().search(request),
    )
    return "elasticsearch"


@pytest.fixture
def counted():
    """Return the engines of the searches that are counted, in order."""
    engines = []

    def count(engine, seconds, **kwargs):
        assert seconds > 0
        engines.append(engine)

    answered.connect(count)
    yield engines
    answered.disconnect(count)


def test_a_search_is_counted_once(client, archive, engine, counted):
    for kind, parameters in SEARCHES.items():
        for path in ("", "results.json"):
            response = client.get(f"/kk/search/{path}?{parameters}")
            assert response.status_code == 200
            assert counted == [engine], (kind, path)
            counted.clear()


def test_no_search_is_counted_without_one(client, archive, counted):
    assert client.get("/kk/search/").status_code == 200
    assert client.get("/kk/search/suggestions/?q=фор").status_code == 200
    assert counted == []


def test_the_page_of_a_person_is_counted_once(archive, counted):
    person = FacetValue.objects.get(facet="person")
    landing.filed_under(person, "kk", page=2, per_page=10, companions=3)
    landing.filed_under(person, "kk", page=9, per_page=10, companions=3)
    assert len(counted) == 2


def test_an_engine_that_fails_is_not_counted(archive, counted, monkeypatch):
    def fail(request):
        raise ZeroDivisionError

    monkeypatch.setattr(choice, "_ask", fail)
    with pytest.raises(ZeroDivisionError):
        choice.ask(None)
    assert counted == []
