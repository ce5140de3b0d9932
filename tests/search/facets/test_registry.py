"""One registration of a facet suffices for all that is derived from it."""

from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict

from newsroom.articles.facets import ENTITY_FACETS, facets_of
from newsroom.articles.models import ArticlePage, Person
from newsroom.articles.models.names import LISTS
from search.facets import registry
from search.facets.registry import Facet, Shown
from search.index import completions
from search.index.documents import Value
from search.models import FacetValue
from search.query import Field, parse
from search.replica.schema import mappings, version
from search.results.landing import filed_under
from search.results.search import find
from search.web.feed import feed_of
from search.web.filters import facets_for, filters_of, rows_for
from search.web.page import browsed
from search.web.params import read
from tests.search.records import put, record

MADE_UP = Facet(
    name="series",
    code=15,
    one="Series",
    many="All series",
    all_of_them="All %(count)s series",
    query_names={"en": ("series",), "kk": ("топтама",), "ru": ("серия",)},
    shown=dict.fromkeys(Shown, 35),
)


@pytest.fixture
def own_registry(monkeypatch) -> None:
    """Restore the registry after the test."""
    for name in ("_facets", "_by_code", "_by_query_name"):
        monkeypatch.setattr(registry, name, dict(getattr(registry, name)))


@pytest.fixture
def series(own_registry) -> Facet:
    """Return a facet that nothing in the archive knows of."""
    registry.register(MADE_UP)
    return MADE_UP


@pytest.fixture
def articles(series, db):
    first = Value("series", "towns", {"kk": "Қалалар", "en": "Towns"})
    second = Value("series", "steppe", {"kk": "Дала"})
    put(
        record("a", "Көпір бір", values=(first,)),
        record("b", "Көпір екі", values=(first,)),
        record("c", "Көпір үш", values=(second,)),
    )


def test_a_new_facet_is_filtered_counted_and_named(articles):
    asked = read(QueryDict("q=көпір&series=towns"), "kk")
    facets = facets_for(asked)
    found = find(asked.search(facets=facets, facet_size=150))
    assert found.total == 2
    shown = filters_of(asked, found.facets, found.total, rows_for(asked, found.facets))
    (one,) = [one for one in shown if one.facet == "series"]
    assert one.heading == "All series"
    assert [(choice.label, choice.count) for choice in one.choices] == [
        ("Қалалар", 2),
        ("Дала", 1),
    ]


@pytest.mark.parametrize("name", ["series", "топтама", "серия"])
def test_a_new_facet_is_read_in_the_query_language(articles, name):
    assert parse(f"{name}:қала").tree == Field("series", "қала")
    found = find(read(QueryDict(f"q={name}:қала"), "kk").search())
    assert found.total == 2


def test_a_new_facet_is_suggested_browsed_and_in_feeds(articles):
    suggested = completions.suggestions("қал", locales=["kk"])
    assert "series:towns" in [one.target for one in suggested]
    asked = read(QueryDict("q=көпір"), "kk")
    assert "series" in [one.facet for one in browsed(asked)]
    feed = feed_of(asked, lambda url: f"https://a.example{url}", "Archive")
    assert 'term="Қалалар"' in feed.content.decode()
    value = FacetValue.objects.get(facet="series", key="towns")
    filed = filed_under(value, "kk", page=1, per_page=10, companions=5)
    assert filed.total == 2
    assert "series" in filed.together


def test_a_new_facet_makes_a_new_version_of_the_index(own_registry):
    before = version()
    assert before == version()
    registry.register(MADE_UP)
    assert "series" in mappings()["properties"]["facets"]["properties"]
    assert mappings()["_meta"]["version"] == version() != before


@pytest.mark.parametrize(
    "change",
    [
        {"name": "q"},
        {"name": "page"},
        {"name": "Series"},
        {"name": "a" * 21},
        {"name": "place"},
        {"code": 16},
        {"code": -1},
        {"code": 0},
        {"query_names": {"kk": ("топтама", "орын")}},
    ],
    ids=str,
)
def test_a_facet_that_cannot_be_is_refused(own_registry, change):
    with pytest.raises(ImproperlyConfigured):
        registry.register(replace(MADE_UP, **change))
    assert registry.find("series") is None


def test_codes_of_stored_values_stay_as_they_are():
    assert {name: registry.get(name).code for name in registry.names()} == {
        "language": 0,
        "year": 1,
        "month": 2,
        "section": 3,
        "kind": 4,
        "topic": 5,
        "person": 6,
        "place": 7,
        "organisation": 8,
        "source": 9,
        "author": 10,
        "script": 11,
    }


def test_facets_are_shown_in_this_order():
    assert registry.shown_in(Shown.FILTERS) == (
        *("section", "kind", "year", "topic", "person", "place"),
        *("organisation", "source", "author"),
    )
    assert registry.shown_in(Shown.BROWSING) == ("section", "topic", "place", "year")
    assert registry.shown_in(Shown.HITS) == ("section", "kind")
    assert registry.shown_in(Shown.TOGETHER) == (
        *("person", "organisation", "place", "topic"),
    )
    assert registry.shown_in(Shown.FEED_AUTHORS) == ("author", "source")


def test_every_list_of_entities_is_filed_under_a_facet():
    lists = [name for one in ENTITY_FACETS for name in one.lists]
    assert sorted(lists) == sorted([*LISTS, "dateline", "outlet"])
    for one in ENTITY_FACETS:
        for lookup in one.lookups:
            rows = ArticlePage.objects.filter(**{f"{lookup}__name": "Орал"})
            assert one.model._meta.db_table in str(rows.query)


def test_the_first_facet_of_a_model_is_its_own():
    assert [one.name for one in facets_of(Person)] == ["person", "author"]
