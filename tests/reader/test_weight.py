"""The weight of a page: bytes that a reader on a slow line waits and pays for."""

import json

import pytest
from wagtail.models import Page

from newsroom.demo import content
from newsroom.demo.loading import DemoLoader
from tests.reader.weight import Weight, file_of, named_in, weigh

FIRST_LOAD = 60_000
NEXT_LOAD = 12_000
NEXT = "world-urban-forum-cairo"
EDITIONS = ("kk", "kk-latn", "kk-arab", "ru", "en")

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def longest(shared_rows):
    """Return the demo's longest article, with another beside it, loaded once."""
    articles = content.articles()
    longest = max(articles, key=lambda one: len(json.dumps(one.fields["body"])))
    beside = [one for one in articles if one.id == NEXT]
    with shared_rows(as_if_committed=True):
        DemoLoader().load([longest, *beside])
    return longest


@pytest.fixture
def weights(client, longest, db) -> dict[str, tuple[Weight, Weight]]:
    """Return the longest article and the next in each edition."""
    return {
        edition: (
            weigh(client, address(longest.translation_key, edition)),
            weigh(client, address(content.identifier("article", NEXT), edition)),
        )
        for edition in EDITIONS
    }


def address(translation_key: str, edition: str) -> str:
    code = edition.partition("-")[0]
    page = Page.objects.get(translation_key=translation_key, locale__language_code=code)
    return page.url.replace(f"/{code}/", f"/{edition}/", 1)


def test_an_article_is_light_at_first_and_lighter_after(weights):
    for edition, (longest, following) in weights.items():
        assert longest.first <= FIRST_LOAD, (edition, longest)
        assert following.next_after(longest) <= NEXT_LOAD, edition
        assert longest.next_after(following) <= NEXT_LOAD, edition


def test_nothing_that_is_weighed_fetches_more(weights):
    """Fonts apart: a style or a script that brings others would make them light."""
    files = {url for pair in weights.values() for one in pair for url in one.files}
    assert len(files) > 10
    for url in files:
        path = file_of(url)
        if path.suffix == ".css":
            assert all(one.endswith(".woff2") for one in named_in(path)), url
        elif path.suffix == ".js":
            text = path.read_text(encoding="utf-8")
            assert "import " not in text, url
            assert "import(" not in text, url


def test_an_edition_fetches_no_style_of_another(weights):
    for edition, (longest, _following) in weights.items():
        has_arabic = any(url.endswith("/arabic.css") for url in longest.files)
        assert has_arabic == (edition == "kk-arab")
