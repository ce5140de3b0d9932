"""The reading of a query on the page: operators, corrections, other names."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.factories import make_article
from tests.search.page.pages import asked, get, text


def test_a_reading_is_shown_for_operators_and_not_for_plain_words(client, places):
    assert get(client, q="тасқын өзен").select(".search__reading") == []
    (reading,) = get(client, q="тасқын OR құрғақшылық").select(".search__reading")
    assert text(reading) == "тасқын НЕМЕСЕ құрғақшылық"


def test_the_page_reports_an_unknown_place_as_read_as_words(client, places):
    summary = text(get(client, q="place:Мордор тасқын").select_one(".search__summary"))
    assert "Орын: мұрағатта «Мордор» жоқ" in summary


def test_a_misspelt_word_is_offered_its_correction(client, places):
    soup = get(client, q="тассқын")
    anchor = soup.select_one(".search__meant a")
    assert asked(anchor) == {"q": ["тасқын"]}
    assert get(client, q="тасқын").select(".search__meant") == []


def names_line(client, address: str):
    """Return the line about other names, as text and as the URL of its link."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    line = page.find(class_="search__names")
    if line is None:
        return "", ""
    return " ".join(line.get_text().split()), line.a["href"]


def test_other_names_that_are_searched_are_listed_and_can_be_switched_off(
    client, section
):
    make_article(section, title="Астанада көпір ашылды")
    make_article(section, title="Целиноград жылдары")
    text, only_typed = names_line(client, "/kk/search/?q=Целиноград&order=newest")
    assert text.startswith("Мыналар да ізделді: Астана, Нұр-Сұлтан, Ақмола")
    assert parse_qs(urlsplit(only_typed).query) == {
        "q": ["Целиноград"],
        "order": ["newest"],
        "typed": ["1"],
    }
    hits = BeautifulSoup(client.get(only_typed).content, "html.parser").select(".hit")
    assert ["Целиноград жылдары" in hit.get_text() for hit in hits] == [True]
    text, with_names = names_line(client, only_typed)
    assert text.startswith("Тек терілген сөздер ізделді.")
    assert with_names == only_typed.replace("&typed=1", "")
    hits = BeautifulSoup(client.get(with_names).content, "html.parser").select(".hit")
    assert len(hits) == 2


def test_filters_keep_a_search_for_the_typed_words_only(client, places):
    page = BeautifulSoup(client.get("/kk/search/?q=тасқын&typed=1").content, "lxml")
    links = [link["href"] for link in page.select(".filters a[href*='place=']")]
    assert links
    assert all("typed=1" in link for link in links)


def test_no_other_names_are_listed_for_a_word_without_any(client, places):
    assert names_line(client, "/kk/search/?q=тасқын") == ("", "")


@pytest.mark.parametrize("typed", ["жана", "jaña"])
def test_a_word_read_with_kazakh_letters_is_named_and_can_be_switched_off(
    client, section, typed
):
    make_article(section, title="Жаңа көпір ашылды")
    text, only_typed = names_line(client, f"/kk/search/?q={typed}")
    assert text.startswith("Мыналар да ізделді: жаңа")
    page = BeautifulSoup(client.get("/kk/search/?q=жана").content, "html.parser")
    assert len(page.select(".hit")) == 1
    without = BeautifulSoup(
        client.get("/kk/search/?q=жана&typed=1").content, "html.parser"
    )
    assert without.select(".hit") == []
    assert "typed=1" in only_typed
