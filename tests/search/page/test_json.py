"""The contents of the search page as JSON."""

from django.db import connection

from tests.factories import make_article


def test_the_json_has_the_results_and_facets_of_the_page(client, places):
    answer = client.get(
        "/kk/search/results.json", {"q": "тасқын", "place": places["Орал"]}
    ).json()
    assert answer["total"] == 1
    assert answer["engine"] == connection.vendor
    assert not answer["is_reduced"]
    (result,) = answer["results"]
    assert result["title"] == "Тасқын: Орал, 2024"
    assert result["title_html"] == "<mark>Тасқын</mark>: Орал, 2024"
    assert result["url"].startswith("http://testserver/kk/")
    assert answer["next"] is answer["previous"] is None
    assert answer["facets"]["place"]["values"] == [
        {"key": places["Орал"], "label": "Орал", "count": 1, "is_selected": True},
        {"key": places["Атырау"], "label": "Атырау", "count": 2, "is_selected": False},
    ]


def test_the_json_links_each_page_to_the_next(client, section):
    for number in range(12):
        make_article(section, title=f"Егін {number}")
    seen, address = [], "/kk/search/results.json?q=егін"
    while address:
        answer = client.get(address).json()
        seen += [result["url"] for result in answer["results"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == 12
