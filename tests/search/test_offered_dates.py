"""Pages and filters that are offered where a query names a date."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from tests.search.records import put, record

pytestmark = pytest.mark.usefixtures("homes")


@pytest.fixture
def entries():
    days = {"a": (2025, 7, 8), "b": (2024, 7, 8), "c": (2025, 7, 9)}
    put(
        *(
            record(key, f"Форум {key}", published_at=datetime(*day, 6, tzinfo=UTC))
            for key, day in days.items()
        ),
        record("ru", "Форум", "ru", published_at=datetime(2025, 7, 8, 6, tzinfo=UTC)),
    )


def links(client, query: str, code: str = "kk") -> dict[str, str]:
    page = client.get(f"/{code}/search/", {"q": query}).content
    found = BeautifulSoup(page, "html.parser").select(".search__dates a")
    return {" ".join(link.get_text(" ").split()): link["href"] for link in found}


def results_of(client, address: str) -> list[str]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [title.get_text().strip() for title in page.select(".hit__title")]


@pytest.mark.parametrize("query", ["8 шілде 2025", "2025-07-08", "July 8, 2025"])
def test_a_day_offers_its_page_and_a_filter(client, entries, query):
    page, narrowed = links(client, query).values()
    assert page == "/kk/archive/2025/07/08/"
    assert results_of(client, narrowed) == ["Форум a"]


def test_a_month_offers_its_page_and_a_filter(client, entries):
    page, narrowed = links(client, "шілде 2025").values()
    assert page == "/kk/archive/2025/07/"
    assert set(results_of(client, narrowed)) == {"Форум a", "Форум c"}


def test_a_day_without_a_year_offers_the_newest_years_with_articles(client, entries):
    first, _narrowed, second, _other = links(client, "8 шілде").values()
    assert (first, second) == ("/kk/archive/2025/07/08/", "/kk/archive/2024/07/08/")


def test_the_other_words_are_searched_within_the_date(client, entries):
    _page, narrowed = links(client, "форум 9 шілде 2025").values()
    assert results_of(client, narrowed) == ["Форум c"]


def test_a_date_without_articles_in_the_language_offers_nothing(client, entries):
    assert links(client, "1 мамыр 2025") == {}
    assert links(client, "9 июля 2025", "ru") == {}
