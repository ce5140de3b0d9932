"""The parameters of the search page: order, page, invalid values, the form."""

import pytest

from tests.factories import home_pages, make_article, make_section
from tests.search.page.pages import get, store_places, text, titles

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def places(shared_rows) -> dict[str, str]:
    with shared_rows():
        return store_places(make_section(home_pages()["kk"]))


def test_results_can_be_ordered_by_date(client, places):
    newest = titles(get(client, q="тасқын", order="newest"))
    assert newest[0] == "Тасқын: Атырау, 2025"
    assert titles(get(client, q="тасқын", order="oldest")) != newest
    assert titles(get(client, q="тасқын", order="oldest"))[-1] == newest[0]


@pytest.mark.parametrize(
    "parameters",
    [
        {"place": "жоқ"},
        {"place": "\x00"},
        {"place": "x" * 10_000},
        {"year": "2025' OR 1=1"},
        {"month": "0000-00", "year": "x"},
        {"language": "xx"},
        {"language": ["all", "ru", "xx"]},
        {"order": "sideways"},
        {"facet": "nothing"},
        {"facet": "place", "place": "жоқ"},
        {"facet": "month", "sort": "x", "q": "тасқын"},
        {"page": "9" * 400, "q": "тасқын"},
        {"page": "²", "q": "тасқын"},
        {"section": [str(number) for number in range(500)]},
        {"from": "2025", "to": "x"},
        {"from": "9999", "to": "0000", "month": "2024-04"},
        {"year": "0000", "q": "тасқын"},
        {"from": "\x00", "to": "1" * 5_000},
    ],
)
@pytest.mark.parametrize("address", ["/kk/search/", "/kk/search/results.json"])
def test_invalid_parameters_get_an_answer(client, places, address, parameters):
    assert client.get(address, parameters).status_code == 200


def test_a_page_past_the_last_is_the_last(client, section):
    for number in range(12):
        make_article(section, title=f"Егін {number}")
    soup = get(client, q="егін", page=40)
    assert len(titles(soup)) == 2
    assert text(soup.select_one(".pagination [aria-current]")).endswith("2")


def test_a_new_query_keeps_the_filters_and_the_languages(client, places):
    form = get(
        client, q="тасқын", place=places["Орал"], language="all", order="newest"
    ).form
    fields = {(field["name"], field.get("value")) for field in form.select("input")}
    assert ("place", places["Орал"]) in fields
    assert ("order", "newest") in fields
    assert form.select_one("[type=checkbox]").has_attr("checked")
