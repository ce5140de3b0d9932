"""The archive by section, kind, source, topic, person, place and organisation."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom.articles.models import (
    ArticleOrganisation,
    ArticlePerson,
    ArticlePlace,
    Organisation,
    Person,
    Place,
)
from search.index import facet_names, term_statistics
from search.models import FacetName, FacetValue
from search.results.landing import filed_under
from tests.archive.conftest import at, soup
from tests.factories import locale_of

pytestmark = pytest.mark.django_db


def named(model, text: str, code: str = "kk", **fields):
    return model.objects.create(name=text, locale=locale_of(code), **fields)


def also_named(entity, text: str, code: str, **fields):
    return named(
        type(entity), text, code, translation_key=entity.translation_key, **fields
    )


@pytest.fixture
def town(db) -> Place:
    place = named(Place, "Қызылорда")
    also_named(place, "Кызылорда", "ru")
    also_named(place, "Kyzylorda", "en")
    return place


@pytest.fixture
def about(publish):
    """Publish an article about these people, places and organisations."""

    def article(*entities, **fields):
        return publish(
            people=[ArticlePerson(person=e) for e in entities if type(e) is Person],
            places=[ArticlePlace(place=e) for e in entities if type(e) is Place],
            organisations=[
                ArticleOrganisation(organisation=e)
                for e in entities
                if type(e) is Organisation
            ],
            **fields,
        )

    return article


def value_of(facet: str, entity) -> FacetValue:
    return FacetValue.objects.get(facet=facet, key=str(entity.translation_key))


def address(facet: str, entity, slug: str, code: str = "kk") -> str:
    return f"/{code}/archive/{facet}/{value_of(facet, entity).pk}-{slug}/"


def test_the_number_decides_and_the_rest_is_corrected(client, about, town):
    about(town)
    right = address("place", town, "qyzylorda")
    assert client.get(right).status_code == 200
    number = value_of("place", town).pk
    for wrong in (
        f"place/{number}/",
        f"place/{number}-Aralsk/",
        f"person/{number}-qyzylorda/",
    ):
        response = client.get(f"/kk/archive/{wrong}?page=2")
        assert response.status_code == 301
        assert response["Location"] == f"{right}?page=2"
        assert response["Cache-Control"] == "no-cache"


def test_an_address_survives_another_name(client, about, town):
    about(town)
    before = address("place", town, "qyzylorda")
    town.name = "Ақмешіт"
    town.save()
    response = client.get(before, follow=True)
    assert response.redirect_chain == [(address("place", town, "aqmeshit"), 301)]
    assert soup(response).h1.get_text() == "Ақмешіт"
    listed = soup(client.get("/kk/archive/place/")).main
    assert listed.find("a", href=address("place", town, "aqmeshit"))


def test_a_page_of_a_name_shows_its_role_count_years_and_related_names(
    client, about, town
):
    person = named(Person, "Дана Серікова", post="әкім")
    also_named(person, "Дана Серикова", "ru", post="аким")
    body = named(Organisation, "Су комитеті")
    about(person, town, body, published_at=at(2023, 1, 5, 12))
    about(person, town, published_at=at(2025, 6, 14, 23, 30))
    about(body, published_at=at(2025, 7, 1, 12))
    page = soup(client.get(address("person", person, "dana-serikova")))
    header = page.main.header
    assert header.h1.get_text() == "Дана Серікова"
    assert "әкім" in header.get_text()
    assert header.find(lang="ru").get_text() == "Дана Серикова"
    assert "2" in header.find(class_="archive__count").get_text()
    days = [time["datetime"] for time in header.find_all("time")]
    assert days == ["2023-01-05", "2025-06-14"]
    together = {
        link.find(class_="counted__text").get_text(): link.find(
            class_="counted__number"
        ).get_text()
        for link in page.select(".shelf a.counted")
    }
    assert together == {"Қызылорда": "2", "Су комитеті": "1", "2023": "1", "2025": "1"}
    assert len(page.find_all("article")) == 2


def test_names_are_those_of_the_readers_language(client, about, translated, town):
    translated(about(town), "ru", title="Форум")
    page = soup(client.get(address("place", town, "kyzylorda", "ru")))
    assert page.h1.get_text() == "Кызылорда"
    other = page.find(class_="archive__elsewhere").a
    assert other["href"] == address("place", town, "qyzylorda")
    alternates = {link["href"] for link in page.find_all("link", rel="alternate")}
    kazakh = address("place", town, "qyzylorda")
    assert {one.split("testserver")[-1] for one in alternates if "archive" in one} == {
        kazakh,
        kazakh.replace("/kk/", "/kk-latn/"),
        kazakh.replace("/kk/", "/kk-arab/"),
        address("place", town, "kyzylorda", "ru"),
    }
    missing = client.get(address("place", town, "kyzylorda", "en"))
    assert missing.status_code == 200
    assert soup(missing).find("meta", {"name": "robots"})["content"] == "noindex"
    assert soup(missing).main.find("a", hreflang="kk")


def test_who_is_in_no_article_any_more_has_no_page(client, about, town):
    article = about(town)
    path = address("place", town, "qyzylorda")
    article.unpublish()
    assert client.get(path).status_code == 404
    assert client.get("/kk/archive/place/999999999999999999/").status_code == 404
    assert client.get("/kk/archive/place/9999999999999999999/").status_code == 404


def test_a_list_is_in_the_order_of_the_kazakh_alphabet(client, about):
    names = [
        "Атырау",
        "Әйтеке би",
        "Бейнеу",
        "Қостанай",
        "Лепсі",
        "Ұзынкөл",
        "Фурманово",
    ]
    for name in reversed(names):
        about(named(Place, name))
    page = soup(client.get("/kk/archive/place/"))
    assert [a.get_text() for a in page.select(".names-list .counted__text")] == names
    letters = [a.get_text() for a in page.select(".letters a")][1:]
    assert letters == ["А", "Ә", "Б", "Қ", "Л", "Ұ", "Ф"]
    page = soup(client.get("/kk/archive/place/", {"letter": "Ә"}))
    assert [a.get_text() for a in page.select(".names-list .counted__text")] == [
        "Әйтеке би"
    ]


def test_previous_and_next_are_the_neighbours_in_the_list(client, about):
    places = [named(Place, name) for name in ("Ақтау", "Әйтеке би", "Байқоңыр")]
    for place in places:
        about(place)
    page = soup(client.get(address("place", places[1], "aiteke-bi"), follow=True))
    assert "Ақтау" in page.find("a", rel="prev").get_text()
    assert "Байқоңыр" in page.find("a", rel="next").get_text()


def test_lists_are_cut_into_pages(client, about, monkeypatch):
    monkeypatch.setattr("newsroom.archive.views.names.NAMES_PER_PAGE", 2)
    for name in ("Ақтау", "Бейнеу", "Жезқазған"):
        about(named(Place, name))
    page = soup(client.get("/kk/archive/place/", {"page": 2}))
    assert [a.get_text() for a in page.select(".names-list .counted__text")] == [
        "Жезқазған"
    ]


@pytest.mark.parametrize(
    "facet", ["section", "kind", "source", "author", "topic", "organisation"]
)
def test_every_facet_has_its_list(client, about, facet):
    about(outlet=named(Organisation, "Jarialike.kz"))
    response = client.get(f"/kk/archive/{facet}/")
    assert response.status_code == 200
    has_any = facet in ("section", "kind", "source")
    assert bool(soup(response).select(".names-list a")) == has_any
    for link in soup(response).select(".names-list a"):
        assert client.get(link["href"]).status_code == 200


def test_the_archive_begins_with_what_is_named_most(client, about, town):
    about(town, named(Place, "Ақтау"))
    about(town)
    page = soup(client.get("/kk/archive/"))
    shelf = page.find("h2", id="shelf-place").parent
    assert [a.get_text() for a in shelf.select(".counted__text")] == [
        "Қызылорда",
        "Ақтау",
    ]
    assert page.find("h2", id="shelf-section")
    assert soup(client.get("/en/archive/")).find(class_="notice")


def test_counts_follow_what_is_published_in_each_language(about, translated, town):
    article = about(town)
    russian = translated(article, "ru", title="Форум")
    rows = FacetName.objects.filter(value=value_of("place", town))
    assert dict(rows.values_list("locale", "entries")) == {"kk": 1, "ru": 1}
    assert dict(rows.values_list("locale", "name")) == {
        "kk": "Қызылорда",
        "ru": "Кызылорда",
    }
    russian.unpublish()
    term_statistics.apply_all_deltas()
    assert dict(rows.values_list("locale", "entries")) == {"kk": 1, "ru": 0}


def test_more_articles_and_names_take_no_more_queries(client, about, town):
    counts = []
    for number in range(8):
        about(town, named(Person, f"Адам {number}"), published_at=at(2025, 6, 14, 12))
        if number in (1, 7):
            path = address("place", town, "qyzylorda")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
                assert client.get("/kk/archive/person/").status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[1] < 45


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own plans")
def test_no_page_reads_all_entries_or_all_names(about, town):
    about(town)
    value = value_of("place", town)
    row = FacetName.objects.get(value=value)
    with CaptureQueriesContext(connection) as queries:
        filed_under(value, "kk", page=1, per_page=20, companions=8)
        list(facet_names.listed("place", "kk")[:100])
        list(facet_names.listed("place", "kk", letter="Қ")[:100])
        facet_names.most_named(["place", "person"], "kk", limit=8)
        facet_names.neighbours(row)
    for query in queries.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan = [line[3] for line in cursor.fetchall()]
        scans = [
            line
            for line in plan
            if line.startswith("SCAN") and "VIRTUAL TABLE" not in line
        ]
        assert scans == [], query["sql"]


@pytest.mark.parametrize("page", ["0", "-1", "x", "99", "9999999999", "²"])
def test_a_page_number_of_any_kind_gets_a_page(client, about, town, page):
    about(town)
    path = address("place", town, "qyzylorda")
    assert soup(client.get(path, {"page": page})).find("article")
    assert client.get("/kk/archive/place/", {"page": page}).status_code == 200


def heading(client, path: str) -> str:
    return " ".join(soup(client.get(path)).main.header.get_text().split())


def test_the_page_of_a_place_lists_its_former_names(client, about, translated, town):
    article = about(town)
    translated(article, "ru", title="Форум")
    translated(article, "en", title="Forum")
    russian = heading(client, address("place", town, "kyzylorda", "ru"))
    assert (
        "Прежние названия: Ак-Мечеть (до 1853 года); Перовск (1853–1922); "
        "Ак-Мечеть (1922–1925); Кзыл-Орда (1925–1997)"
    ) in russian
    english = heading(client, address("place", town, "kyzylorda", "en"))
    assert "Former names: Ak-Mechet (until 1853); Perovsk (1853–1922)" in english
    # The name did not change in Kazakh in 1997.
    kazakh = heading(client, address("place", town, "qyzylorda"))
    assert (
        "Бұрынғы атаулары: Ақмешіт (1853 жылға дейін); Перовск (1853–1922); "
        "Ақмешіт (1922–1925)"
    ) in kazakh
    assert "(1925–1997)" not in kazakh
    assert "Today:" not in english


def test_a_place_with_a_former_name_shows_its_name_today(client, about, locales):
    place = named(Place, "Целиноград")
    about(place)
    text = heading(client, address("place", place, "tselinograd"))
    assert "Қазіргі атауы: Астана" in text
    assert "Нұр-Сұлтан (2019–2022)" in text
    assert "Целиноград (1961–1992)" not in text  # the heading says it


def test_only_places_have_former_names(client, about, locales):
    person = named(Person, "Целиноград")
    about(person)
    text = heading(client, address("person", person, "tselinograd"))
    assert "атау" not in text
