"""Atom feeds of searches in the two other scripts of Kazakh."""

from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from newsroom.transliteration.editions import LATIN, SCRIPT_EDITIONS
from newsroom.transliteration.feeds import convert_feed
from search.index.documents import Value
from search.languages.kazakh.scripts import convert
from tests.search.records import put, record

pytestmark = pytest.mark.usefixtures("homes")

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EDITIONS = pytest.mark.parametrize(
    "edition", SCRIPT_EDITIONS, ids=[edition.lang for edition in SCRIPT_EDITIONS]
)


@pytest.fixture
def flood():
    """Publish an article in Kazakh and Russian, with its author."""
    author = (Value("author", "a", {"kk": "Айгүл", "ru": "Айгуль"}),)
    put(
        record("f", "Су тасқыны", lead="Өзен: су & <b>от</b>.", values=author),
        record("f", "Паводок", locale="ru", values=author),
        record("g", "Су в городе", locale="ru"),
    )


def feed_at(client, prefix: str, **parameters) -> ElementTree.Element:
    response = client.get(f"/{prefix}/search/feed.atom", {"q": "су", **parameters})
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


@EDITIONS
def test_a_feed_and_its_links_are_in_the_script(client, flood, edition):
    feed = feed_at(client, edition.prefix)
    assert feed.get(LANG) == edition.lang
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.get(LANG) == edition.lang
    assert entry.find(f"{ATOM}title").text == convert("Су тасқыны", edition.script)
    summary = BeautifulSoup(entry.find(f"{ATOM}summary").text, "html.parser").text
    assert convert("Өзен: су", edition.script) in summary
    assert "& <b>" in summary
    name = entry.find(f"{ATOM}author/{ATOM}name").text
    assert name == convert("Айгүл", edition.script)
    addresses = [link.get("href") for link in entry.findall(f"{ATOM}link")]
    assert addresses == [
        f"http://testserver/{edition.prefix}/f/",
        "http://testserver/ru/f/",
    ]
    for link in feed.findall(f"{ATOM}link"):
        address = urlsplit(link.get("href"))
        assert address.path.startswith(f"/{edition.prefix}/search/")
        assert parse_qs(address.query) == {"q": ["су"]}
        assert client.get(link.get("href")).status_code == 200


@EDITIONS
def test_an_article_is_the_same_in_every_script_and_a_feed_is_not(
    client, flood, edition
):
    here, there = feed_at(client, edition.prefix), feed_at(client, "kk")
    ids = [feed.find(f"{ATOM}entry/{ATOM}id").text for feed in (here, there)]
    assert ids[0] == ids[1]
    assert here.find(f"{ATOM}id").text != there.find(f"{ATOM}id").text


@EDITIONS
def test_entries_in_another_language_stay(client, flood, edition):
    feed = feed_at(client, edition.prefix, language="ru")
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.get(LANG) == "ru"
    assert entry.find(f"{ATOM}title").text == "Су в городе"


@EDITIONS
def test_the_results_page_names_the_feed_of_its_script(client, flood, edition):
    response = client.get(f"/{edition.prefix}/search/", {"q": "су"})
    soup = BeautifulSoup(response.content, "html.parser")
    path = f"/{edition.prefix}/search/feed.atom"
    named = soup.select("[type='application/atom+xml']")
    assert [urlsplit(one["href"]).path for one in named] == [path, path]
    shared = soup.select_one("[data-copy]")["data-copy"]
    assert urlsplit(shared).path == f"/{edition.prefix}/search/"


@EDITIONS
def test_an_unchanged_feed_is_answered_with_304(client, flood, edition):
    address = f"/{edition.prefix}/search/feed.atom"
    tag = client.get(address, {"q": "су"})["ETag"]
    again = client.get(address, {"q": "су"}, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/kk/search/feed.atom", {"q": "су"})
    assert other["ETag"] != tag


def test_other_xml_comes_back_as_it_was():
    for xml in (
        b"<rss>\xd2\x9a</rss>",
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><id>/kk/</id></feed>',
    ):
        assert convert_feed(xml, LATIN, "") == xml
