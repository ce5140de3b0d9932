"""The page around the results: engine, signal, queries, and similar articles."""

from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom.articles.models import ArticlePage, ArticlePlace, Place
from search.engines import choice
from tests.factories import make_article
from tests.search.page.pages import asked, get, link, text


def test_the_page_without_a_query_offers_frequent_values(client, places):
    soup = get(client)
    assert asked(link(soup, "Атырау")) == {"place": [places["Атырау"]]}


def test_results_of_the_fallback_engine_are_marked(client, places, monkeypatch):
    assert "қосалқы" not in text(get(client, q="тасқын"))
    instead = choice.EngineUsed("sqlite", is_reduced=True)
    engine = choice.database_engine()
    monkeypatch.setattr(
        "search.results.search.ask", lambda request: (engine.search(request), instead)
    )
    assert "қосалқы" in text(get(client, q="тасқын"))


def test_the_searched_signal_is_sent_once_a_query_and_not_for_filters(
    client, places, sent_signals
):
    get(client, q=" тасқын OR су ", language="all")
    get(client, q="тасқын", place=places["Орал"])
    get(client, place=places["Орал"])
    get(client)
    (signal,) = sent_signals
    assert signal == {
        "text": "тасқын OR су",
        "read_as": "тасқын OR су",
        "locales": ("kk", "ru", "en"),
        "language": "kk",
        "total": 3,
        "is_first_page": True,
        "engine": connection.vendor,
    }


def test_more_results_and_filters_take_no_more_queries(client, places, section):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            get(client, q="өзен", place=places["Атырау"])
        return len(queries)

    place = Place.objects.get(translation_key=places["Атырау"])
    before = count()
    for number in range(9):
        article = make_article(section, title=f"Тасқын {number}", lead="Өзен.")
        article.places = [ArticlePlace(place=place)]
        article.save_revision().publish()
    assert count() <= before


def test_an_article_links_to_similar_ones(client, places):
    article = ArticlePage.objects.get(title="Тасқын: Атырау, 2025")
    soup = BeautifulSoup(client.get(article.url).content, "html.parser")
    similar = soup.select(".article__similar li > a")
    assert [text(anchor) for anchor in similar] == ["Тасқын: Атырау, 2024"]
