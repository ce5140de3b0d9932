"""Suggestions for zero results: each of them finds something."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.query import parse
from search.results.search import Search, find, total
from tests.search.records import place, put, record

pytestmark = pytest.mark.usefixtures("homes")


@pytest.fixture
def entries():
    """Store two articles in Kazakh, three in Russian and one in English."""
    oral = (place("oral", kk="Орал", ru="Уральск"),)
    put(
        record("k1", "Өзен тасыды", lead="Су көтерілді.", values=oral),
        record("k2", "Мектеп ашылды", lead="Оқушылар келді."),
        record("r1", "Город готовится к выборам", locale="ru"),
        record("r2", "В городе новая школа", locale="ru", values=oral),
        record("r3", "Қостанай: Костанай растёт", locale="ru"),
        record("e1", "Urban planning in the steppe", locale="en"),
    )


def get(client, code="kk", **parameters):
    response = client.get(f"/{code}/search/", parameters)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def text(tag) -> str:
    return " ".join(tag.get_text(" ").split())


def offered(soup) -> dict[str, tuple[str, int]]:
    """Return the URL and count of every offered search, by its name."""
    found = {}
    for link in soup.select(".notice a"):
        count = link.select_one(".notice__count [aria-hidden]").extract()
        link.select_one(".notice__count").extract()
        found[text(link)] = (link["href"], int(text(count)))
    return found


def asked(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def assert_all_lead_to_what_they_promise(client, links) -> None:
    assert links
    for address, count in links.values():
        page = BeautifulSoup(client.get(address).content, "html.parser")
        (said,) = re.findall(r"\d+", text(page.select_one(".search__count")))
        assert int(said) == count


def test_words_that_no_article_has_are_named_and_can_be_left_out(client, entries):
    soup = get(client, q="динозавр* мектеп")
    notice = soup.select_one(".notice")
    assert "Осы тілдегі ешбір мақалада жоқ: динозавр*" in text(notice)
    links = offered(soup)
    assert list(links) == ["мектеп"]
    assert_all_lead_to_what_they_promise(client, links)


def test_a_loosened_search_names_the_missing_words(client, entries):
    soup = get(client, q="мектеп өзен динозавр")
    assert soup.select(".hit")
    summary = text(soup.select_one(".search__summary"))
    assert "Осы тілдегі ешбір мақалада жоқ: динозавр" in summary


def test_other_languages_are_offered_with_their_counts(client, entries):
    soup = get(client, "kk", q="выборам")
    links = offered(soup)
    assert {name: count for name, (_url, count) in links.items()} == {"Орысша": 1}
    assert asked(links["Орысша"][0]) == {"q": ["выборам"], "language": ["ru"]}
    assert_all_lead_to_what_they_promise(client, links)


def test_ones_own_language_is_offered_where_another_was_searched(client, entries):
    links = offered(get(client, "kk", q="мектеп", language="en"))
    assert asked(links["Қазақша"][0]) == {"q": ["мектеп"]}
    assert_all_lead_to_what_they_promise(client, links)


@pytest.mark.parametrize(
    ("code", "typed", "meant"),
    [
        ("ru", "ujhjl", "город"),
        ("ru", "Gorod", "город"),
        ("ru", "shkola", "школа"),
        ("en", "гкифт", "urban"),
        ("en", "урбан", "urban"),
    ],
)
def test_the_same_in_other_letters_is_offered(client, entries, code, typed, meant):
    links = offered(get(client, code, q=typed))
    assert meant in links
    assert_all_lead_to_what_they_promise(client, links)


def test_operators_are_not_turned_into_other_letters(client, entries):
    assert "город" not in offered(get(client, "ru", q="ujhjl OR vjcrdf"))


def test_filters_can_be_left_out(client, entries):
    soup = get(client, q="мектеп", place="oral", **{"from": "2010", "to": "2020"})
    links = offered(soup)
    ((address, count),) = links.values()
    assert (asked(address), count) == ({"q": ["мектеп"]}, 1)


def test_zero_results_offers_a_search_without_words_and_filters_if_needed(
    client, entries
):
    soup = get(client, q="динозавр* мектеп", year="1950")
    links = offered(soup)
    assert asked(links["мектеп"][0]) == {"q": ["мектеп"]}
    assert_all_lead_to_what_they_promise(client, links)


def test_zero_results_offers_nothing_if_no_search_finds_anything(client, entries):
    soup = get(client, q="ғарышкер", place="oral")
    assert soup.select(".notice a") == []
    assert "Жазылуын тексеріңіз" in text(soup.select_one(".notice"))


def test_an_offered_total_equals_that_of_its_page(entries):
    for query in ("мектеп", "мектеп өзен динозавр", "жоқ"):
        search = Search(query, ("kk", "ru"))
        assert total(search) == find(search).total
    assert total(Search("", ("kk",))) == 0
    assert not parse("")


def test_a_larger_archive_takes_no_more_queries(client, entries):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            get(client, q='"динозавр жұмыртқасы" мектеп выборам')
        return len(queries)

    before = count()
    put(*(record(f"x{n}", f"Мектеп {n}") for n in range(20)))
    put(*(record(f"y{n}", f"Город {n}", locale="ru") for n in range(20)))
    assert count() <= before


def test_a_phrase_that_no_article_has_is_offered_without_its_quotation_marks(
    client, entries
):
    links = offered(get(client, q='"тасыды өзен"'))
    ((address, count),) = links.values()
    assert (asked(address), count) == ({"q": ["тасыды өзен"]}, 1)
    assert_all_lead_to_what_they_promise(client, links)


def test_an_operator_in_a_phrase_is_offered_as_a_word(client, entries):
    links = offered(get(client, q='"өзен - тасыды OR"', language="all"))
    assert {"q": ["өзен тасыды or"], "language": ["all"]} in map(
        asked, (address for address, _count in links.values())
    )


def test_a_function_word_is_never_offered_by_itself(client, entries):
    soup = get(client, "ru", q="динозавр* в школе")
    assert list(offered(soup)) == ["школе"]


@pytest.mark.parametrize(
    ("asked_for", "said"),
    [
        ({"q": "мектеп өзен"}, "Осы тілдегі ешбір мақалада бұл сөздердің бәрі бірдей"),
        ({"q": "мектеп өзен", "language": "all"}, "Ешбір мақалада бұл сөздердің бәрі"),
        ({"q": "мектеп өзен", "place": "oral"}, "Осы сүзгілермен табылған"),
        ({"q": "өзен тасыды су динозавр"}, "Осы тілдегі ешбір мақалада бұл сөздердің"),
        ({"q": "мектептік"}, "Бұл мақалаларда түбірлес сөздер бар"),
    ],
)
def test_the_summary_of_a_loosened_search_is_true(client, entries, asked_for, said):
    summary = get(client, **asked_for).select_one(".search__summary")
    assert said in text(summary)


def test_a_loosened_search_counts_and_shows_first_hits_with_all_words(client, homes):
    put(
        record("all", "Хабар", body="Өзен тасыды. " + "Су басты. " * 40),
        record("some", "Өзен туралы", lead="Өзен өзенге қосылды."),
        record("other", "Тасыды", lead="Тасыды деген хабар."),
    )
    soup = get(client, q="өзен тасыды")
    assert "Бұл сөздердің бәрі 1 мақалада бар" in text(
        soup.select_one(".search__summary")
    )
    assert text(soup.select_one(".hit__title")) == "Хабар"
