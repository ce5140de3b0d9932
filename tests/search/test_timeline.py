"""The timeline of results."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.search.records import place, put, record

pytestmark = pytest.mark.usefixtures("homes")


def published(*times: str, prefix: str = "a", **fields) -> None:
    """Put an article on floods for each of *times*, by year and month (2024-05)."""
    put(
        *(
            record(
                f"{prefix}{number}",
                f"Тасқын {number}",
                published_at=datetime(*map(int, time.split("-")), 15, tzinfo=UTC),
                **fields,
            )
            for number, time in enumerate(times)
        )
    )


def get(client, **parameters):
    response = client.get("/kk/search/", {"q": "тасқын"} | parameters)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def text(tag) -> str:
    return " ".join(tag.get_text(" ").split())


def bars(soup) -> dict[str, int]:
    """Return the value of each bar and its count, from the hidden text."""
    found = {}
    for bar in soup.select(".bars .bar"):
        label = text(bar.select_one(".bar__label"))
        said = text(bar.select(".visually-hidden")[-1])
        found[label] = 0 if "жоқ" in said else int(said.split()[0])
    return found


def parameters(anchor) -> dict[str, list[str]]:
    return parse_qs(urlsplit(anchor["href"]).query)


def bar(soup, label: str):
    (found,) = [a for a in soup.select("a.bar") if label in text(a)]
    return found


def hits(soup) -> int:
    return len(soup.select(".hit"))


def test_years_are_shown_without_gaps_and_link_to_their_articles(client):
    published("2021-03", "2021-07", "2024-05")
    soup = get(client)
    assert bars(soup) == {"2021": 2, "2022": 0, "2023": 0, "2024": 1}
    assert parameters(bar(soup, "2021")) == {"q": ["тасқын"], "year": ["2021"]}
    assert hits(get(client, year="2021")) == 2


def test_a_bar_is_as_high_as_its_share_of_the_tallest_and_never_invisible(client):
    published("2023-01", *["2024-01"] * 99)
    heights = [
        int(rect["height"])
        for rect in get(client).select(".bars rect")
        if int(rect["y"]) + int(rect["height"]) == 100
    ]
    assert heights == [3, 100]


def test_a_year_shows_its_months_and_the_years_beside_it(client):
    published("2020-02", "2023-05", "2023-05", "2023-11", "2024-01")
    soup = get(client, year="2023")
    counts = bars(soup)
    assert list(counts)[:2] == ["Қаңтар", "Ақпан"]
    assert len(counts) == 12
    assert {label: n for label, n in counts.items() if n} == {"Мамыр": 2, "Қараша": 1}
    ways = {text(a): parameters(a) for a in soup.select(".timeline__ways a")}
    assert ways == {
        "Алдыңғы жыл: 2020": {"q": ["тасқын"], "year": ["2020"]},
        "Келесі жыл: 2024": {"q": ["тасқын"], "year": ["2024"]},
        "Барлық уақыт": {"q": ["тасқын"]},
    }


def test_a_month_narrows_and_is_given_up_again(client):
    published("2023-05", "2023-05", "2023-11", "2024-01")
    may = parameters(bar(get(client, year="2023"), "Мамыр"))
    assert may == {"q": ["тасқын"], "year": ["2023"], "month": ["2023-05"]}
    soup = get(client, year="2023", month="2023-05")
    assert hits(soup) == 2
    assert bars(soup)["Қараша"] == 1  # the counts leave the month out
    chosen = soup.select_one(".bar.is-selected")
    assert text(chosen).startswith("Сүзгіні алып тастау: Мамыр")
    assert parameters(chosen) == {"q": ["тасқын"], "year": ["2023"]}


def test_results_of_a_single_year_are_shown_by_month(client):
    published("2024-03", "2024-08")
    soup = get(client)
    assert text(soup.select_one(".timeline__title")) == "2024"
    assert parameters(bar(soup, "Тамыз")) == {
        "q": ["тасқын"],
        "year": ["2024"],
        "month": ["2024-08"],
    }
    assert not soup.select_one(".timeline").has_attr("open")


def test_many_years_are_shown_some_at_once_and_add_up(client):
    published(*(f"{year}-01" for year in range(1987, 2026)))
    soup = get(client)
    counts = bars(soup)
    assert list(counts)[:2] == ["1987–1989", "1990–1994"]
    assert len(counts) == 9
    assert sum(counts.values()) == 39
    span = parameters(bar(soup, "1990–1994"))
    assert span == {"q": ["тасқын"], "from": ["1990"], "to": ["1994"]}
    zoomed = get(client, **{"from": "1990", "to": "1994"})
    assert bars(zoomed) == {f"{year}": 1 for year in range(1990, 1995)}
    assert hits(zoomed) == 5


def test_years_far_apart_are_never_more_bars_than_fit(client):
    published("1854-01", "1999-01", "2025-01")
    assert len(bars(get(client))) <= 12


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2021", "2023", 3),
        ("2023", "2021", 3),
        ("2022", "", 3),
        ("", "2022", 3),
        (" 2022 ", "2022", 1),
        ("0001", "9999", 5),
        ("1900", "1910", 0),
        ("22", "x", 5),
        ("۲۰۲۱", "2021'", 5),
    ],
)
def test_a_span_of_years_is_typed_in_two_fields(client, since, until, found):
    published(*(f"{year}-01" for year in range(2020, 2025)), prefix="s")
    soup = get(client, **{"from": since, "to": until})
    assert hits(soup) == found


def test_the_fields_keep_the_words_and_the_filters_but_no_other_time(client):
    published("2020-02", "2023-05", values=(place("oral", kk="Орал"),))
    soup = get(
        client,
        place="oral",
        year="2023",
        month="2023-05",
        language=["all", "kk"],
        order="newest",
    )
    form = soup.select_one(".timeline form")
    fields = [(f["name"], f.get("value")) for f in form.select("input")]
    assert fields == [
        ("q", "тасқын"),
        ("language", "all"),
        ("language", "kk"),
        ("place", "oral"),
        ("order", "newest"),
        ("from", "2023"),
        ("to", "2023"),
    ]


def test_a_span_is_a_filter_that_can_be_removed_and_that_a_new_query_keeps(client):
    published(*(f"{year}-01" for year in range(2020, 2025)))
    soup = get(client, **{"from": "2021", "to": "2023"})
    (chip,) = soup.select(".chips a")
    assert text(chip) == "Сүзгіні алып тастау: Жылдар: 2021–2023 ×"
    assert parameters(chip) == {"q": ["тасқын"]}
    fields = {(f["name"], f.get("value")) for f in soup.select("[role=search] input")}
    assert {("from", "2021"), ("to", "2023")} <= fields


def test_a_span_alone_browses_its_years(client):
    published("2019-01", "2021-01", "2022-01")
    soup = get(client, q="", **{"from": "2020"})
    assert hits(soup) == 2
    assert "2020 жылдан бастап" in text(soup.select_one(".chips"))


def test_a_year_without_results_still_offers_its_neighbours(client):
    published("2020-02", "2022-02")
    soup = get(client, year="2021")
    assert hits(soup) == 0
    assert set(bars(soup).values()) == {0}
    steps = [parameters(a)["year"] for a in soup.select(".timeline__ways a")[:2]]
    assert steps == [["2020"], ["2022"]]


def test_a_span_without_articles_shows_the_years_that_have_some(client):
    published("2020-02", "2022-02")
    soup = get(client, **{"from": "1950", "to": "1960"})
    assert hits(soup) == 0
    assert text(soup.select_one(".timeline__title")) == "2020–2022"
    assert parameters(bar(soup, "2022")) == {"q": ["тасқын"], "year": ["2022"]}
    assert soup.select_one("[name=from]")["value"] == "1950"


def test_a_span_around_the_only_year_stays_in_the_fields(client):
    published("2021-02", "2021-03")
    soup = get(client, **{"from": "2010", "to": "2030"})
    assert len(bars(soup)) == 12
    fields = soup.select(".timeline [type=text]")
    assert [field["value"] for field in fields] == ["2010", "2030"]


def test_all_values_of_a_facet_keep_to_the_span(client):
    published("2020-02", values=(place("oral", kk="Орал"),), prefix="o")
    published("2022-02", values=(place("atyrau", kk="Атырау"),), prefix="p")
    soup = get(client, q="", facet="place", **{"from": "2021", "to": "2023"})
    (only,) = soup.select(".choice")
    assert "Атырау" in text(only)
    assert parameters(only) == {"place": ["atyrau"], "from": ["2021"], "to": ["2023"]}


def test_two_years_by_name_are_both_marked(client):
    published("2020-02", "2021-02", "2022-02")
    soup = get(client, year=["2020", "2022"])
    assert hits(soup) == 2
    chosen = soup.select(".bar.is-selected")
    assert [parameters(one)["year"] for one in chosen] == [["2022"], ["2020"]]


def test_nothing_found_and_no_time_chosen_needs_no_timeline(client):
    assert get(client).select(".timeline") == []


def test_the_markup_has_no_inline_styles(client):
    published("2020-02", "2021-02")
    assert get(client).select("[style], style") == []


def test_more_years_take_no_more_queries(client):
    def count(**asked) -> int:
        with CaptureQueriesContext(connection) as queries:
            get(client, **asked)
        return len(queries)

    published("2020-02", "2021-02", "2022-02", "2023-03")
    before = count(), count(**{"from": "2020", "to": "2023"})
    published(*(f"{year}-05" for year in range(1950, 2020)), prefix="b")
    assert count() <= before[0]
    assert count(**{"from": "1950", "to": "2023"}) <= before[1]
