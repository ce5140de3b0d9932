"""Suggestions in the search field."""

from urllib.parse import parse_qs, urlsplit

import pytest

from newsroom.articles.models import ArticlePlace, Place
from search.index.term_statistics import apply_deltas
from tests.factories import locale_of, make_article, make_section


@pytest.fixture
def article(homes):
    place = Place.objects.create(name="Балқаш", locale=locale_of("kk"))
    article = make_article(make_section(homes["kk"]), title="Балқаштағы балықшылар")
    article.places = [ArticlePlace(place=place)]
    article.save_revision().publish()
    apply_deltas()
    return article


def offered(client, text, code="kk", **parameters):
    response = client.get(f"/{code}/search/suggestions/", {"q": text} | parameters)
    assert response.status_code == 200
    return response.json()


@pytest.mark.parametrize("typed", ["балқ", "БАЛҚ", "Balq"])
def test_a_suggested_name_links_to_its_articles(client, article, typed):
    lines = offered(client, typed)["suggestions"]
    (line,) = [line for line in lines if line["kind"] == "name"]
    assert line["text"] == "Балқаш"
    assert line["label"] == "Орын"
    (key,) = parse_qs(urlsplit(line["url"]).query)["place"]
    assert key == str(Place.objects.get().translation_key)
    assert article.title in client.get(line["url"]).content.decode()


def test_a_suggested_headline_links_to_its_article(client, article):
    lines = offered(client, "балықшы")["suggestions"]
    (line,) = [line for line in lines if line["kind"] == "title"]
    assert (line["text"], line["url"]) == (article.title, article.url)


def test_a_suggested_word_links_to_its_search(client, article):
    for number in range(3):
        make_article(article.get_parent().specific, title=f"Тасқын {number}")
    apply_deltas()
    lines = offered(client, "тасқ", language="all", year="2025")["suggestions"]
    (line,) = [line for line in lines if line["kind"] == "word"]
    assert parse_qs(urlsplit(line["url"]).query) == {
        "q": [line["text"]],
        "language": ["all"],
        "year": ["2025"],
    }


def test_the_number_of_suggestions_is_announced_unless_there_are_none(client, article):
    answer = offered(client, "балқ")
    assert answer["announcement"] == f"{len(answer['suggestions'])} ұсыныс"
    assert offered(client, "ъъъ") == {"suggestions": [], "announcement": ""}


def test_an_answer_may_be_kept_for_a_minute(client, article):
    response = client.get("/kk/search/suggestions/", {"q": "балқ"})
    assert response["Cache-Control"] == "max-age=60"


def test_another_language_is_offered_nothing_of_this_one(client, article):
    assert offered(client, "балқ", "en")["suggestions"] == []
    assert offered(client, "балқ", "en", language="all")["suggestions"] != []


@pytest.mark.parametrize(
    "typed",
    ["", " ", "%", "'", '"', "\x00", "\ud7fb", "\U0010ffff", "😀", "а" * 5000, "()*:-"],
)
def test_any_typed_text_is_answered_with_suggestions(client, article, typed):
    assert isinstance(offered(client, typed)["suggestions"], list)


def test_only_asking_is_allowed(client, article):
    assert client.post("/kk/search/suggestions/", {"q": "балқ"}).status_code == 405
