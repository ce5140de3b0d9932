"""Estimated counts are shown as approximate."""

from dataclasses import replace

import pytest

from search.engines import choice
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


@pytest.fixture
def estimated(section, monkeypatch):
    """Return an engine that estimates what it counts."""
    for place in range(3):
        make_article(section, title=f"Егін {place}")
    make_article(section, title="Егін және форум")
    usual = choice.ask

    def ask(request):
        answer, asked = usual(request)
        facets = {
            name: replace(counts, is_estimated=True)
            for name, counts in answer.facets.items()
        }
        return replace(answer, is_estimated=True, facets=facets), asked

    monkeypatch.setattr("search.results.search.ask", ask)


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "Шамамен 4 мақала табылды"), ("ru", "Найдено около"), ("en", "About 4")],
)
def test_the_page_marks_an_estimated_count(client, estimated, language, words):
    address = f"/{language}/search/?q=егін&language=all"
    text = client.get(address).content.decode()
    assert words in " ".join(text.split())
    assert "≈ 4" in text


def test_so_do_the_numbers_for_programs(client, estimated):
    found = client.get("/kk/search/results.json?q=егін").json()
    assert found["is_total_estimated"]
    assert all(facet["is_estimated"] for facet in found["facets"].values())


def test_exact_numbers_are_shown_as_such(client, section):
    make_article(section, title="Егін")
    text = client.get("/en/search/?q=егін&language=all").content.decode()
    assert "About" not in text
    assert "≈" not in text
    found = client.get("/kk/search/results.json?q=егін").json()
    assert not found["is_total_estimated"]
