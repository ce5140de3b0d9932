"""The page lists words that were searched besides those typed."""

import pytest
from bs4 import BeautifulSoup

from tests.search.records import put, record

pytestmark = pytest.mark.usefixtures("homes")


@pytest.fixture
def entries():
    put(record("city", "Қалада 85 000 адам тұрады"))


def said(client, prefix: str, query: str) -> list[str]:
    page = client.get(f"/{prefix}/search/", {"q": query}).content
    words = BeautifulSoup(page, "html.parser").select(".search__names span")
    return [word.get_text() for word in words]


@pytest.mark.parametrize("query", ["85,000", "85000 адам", "85.000"])
def test_the_page_lists_the_grouped_spelling_of_a_number(client, entries, query):
    assert said(client, "kk", query) == ["85\u00a0000"]


def test_a_number_that_is_typed_in_groups_is_not_repeated(client, entries):
    assert said(client, "kk", "85 000") == []


def test_a_latin_word_is_given_in_cyrillic_where_the_page_is_in_cyrillic(
    client, entries
):
    assert said(client, "kk", "qala") == ["қала"]
    assert said(client, "kk-latn", "qala") == []
    assert said(client, "kk-latn", "kala") == ["qala"]
