"""Results on every engine: order, marks and filters."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from search.results import search as results
from tests.search.records import place, record

pytestmark = [
    pytest.mark.usefixtures("homes", "engine"),
    pytest.mark.xdist_group("elasticsearch"),
]

TOWN = place("kyzylorda", kk="Қызылорда", ru="Кызылорда", en="Kyzylorda")
VERSIONS = {
    "forum:kk": record("forum", "Қала форумы өтті", values=(TOWN,)),
    "forum:ru": record("forum", "Прошёл форум городов", "ru", values=(TOWN,)),
    "forum:en": record("forum", "The forum of cities ended", "en", values=(TOWN,)),
    "rice:kk": record("rice", "Күріш жиналды", body="Қызылорда тұрғындары.", values=()),
    "fish:kk": record("fish", "Балық ауланды", values=(TOWN,)),
}
TEXTS = {
    "title:kk": record("title", "Кітапхана ашылды", body="Жаңа ғимарат салынды."),
    "body:kk": record(
        "body", "Ғимарат салынды", lead="Ол жаңа.", body="Онда кітапхана ашылды."
    ),
    "related:kk": record("related", "Кітапты оқу", body="Кітаптағы ойлар."),
}
DAYS = {
    f"day{day}:kk": record(
        f"day{day}", "Жәрмеңке", published_at=datetime(2025, 7, day, 6, tzinfo=UTC)
    )
    for day in (8, 9)
}
ARCHIVE = VERSIONS | TEXTS | DAYS


def hits(query: str, *locales: str, **fields) -> list[results.Result]:
    asked = results.Search(query, locales or ("kk",), language="kk", **fields)
    return results.find(asked).results


def keys(found: list[results.Result]) -> list[str]:
    return [hit.entry.key for hit in found]


def page(client, code: str, **parameters: str):
    response = client.get(f"/{code}/search/", parameters)
    return BeautifulSoup(response.content, "html.parser").main


def titles(soup) -> list[str]:
    return [title.get_text().strip() for title in soup.select(".hit__title")]


def test_a_place_in_any_language_filters_by_the_place_and_not_by_the_word():
    for query in ("орын:Қызылорда", "орын:Kyzylorda", "place:Кызылорда"):
        assert set(keys(hits(query))) == {"forum:kk", "fish:kk"}


def test_a_language_that_is_asked_for_is_shown_and_not_the_language_of_the_page():
    assert keys(hits("форум тіл:ru", "kk", "ru", "en")) == ["forum:ru"]
    assert keys(hits("forum language:en", "kk", "ru", "en")) == ["forum:en"]


def test_an_article_in_several_languages_is_one_hit_in_that_of_the_reader():
    assert keys(hits("форум", "kk", "ru", "en")) == ["forum:kk"]


def test_words_in_the_title_rank_above_words_in_the_text():
    assert keys(hits("кітапхана ашылды"))[:2] == ["title:kk", "body:kk"]


def test_related_words_are_not_marked_like_the_word_itself():
    found = {hit.entry.key: hit for hit in hits("кітапхана")}
    assert set(found) >= {"title:kk", "related:kk"}
    marked = {
        key: [piece.text for piece in hit.title if piece.is_marked]
        for key, hit in found.items()
    }
    assert marked["title:kk"] == ["Кітапхана"]
    assert marked["related:kk"] == []


@pytest.mark.parametrize("query", ["9 шілде 2025", "9 июля 2025", "July 9, 2025"])
def test_the_filter_of_a_typed_date_finds_what_was_published_then(client, query):
    soup = page(client, "kk", q=f"жәрмеңке {query}")
    links = [link["href"] for link in soup.select(".search__dates a")]
    narrowed = BeautifulSoup(client.get(links[-1]).content, "html.parser")
    assert titles(narrowed) == ["Жәрмеңке"]
    assert "2025" in narrowed.main.get_text()


@pytest.mark.parametrize(
    ("query", "loose", "complete"),
    [("кітапхана ашылды", True, 2), ("кітапхана балық", True, 0), ("балық", False, 1)],
)
def test_the_result_counts_articles_with_all_words(query, loose, complete):
    found = results.find(results.Search(query, ("kk",)))
    assert (found.is_loose, found.complete) == (loose, complete)
