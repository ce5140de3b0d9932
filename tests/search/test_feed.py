"""The Atom feed of a search, read as a feed reader reads it."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date, parse_http_date
from wagtail.models import Site

from search.index import entries
from search.index.documents import Value
from search.models import Change
from search.signals import searched
from tests.factories import make_article, make_section
from tests.search.records import LONG_AGO, place, put, record

pytestmark = pytest.mark.usefixtures("homes")

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# RFC 4287, 3.3: a date of RFC 3339, with seconds and a zone.
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def ask(client, code="kk", headers=None, **parameters):
    return client.get(f"/{code}/search/feed.atom", parameters, headers=headers)


def read(response) -> ElementTree.Element:
    """Parse the feed; fail if it is not valid."""
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert_is_atom(feed)
    return feed


def one(element, name: str) -> ElementTree.Element:
    (found,) = element.findall(ATOM + name)
    return found


def assert_is_atom(feed) -> None:
    """Assert what RFC 4287 requires of feeds and entries (4.1.1, 4.1.2, 4.2)."""
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(LANG)
    assert one(one(feed, "author"), "name").text
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert one(element, "title").text
        assert DATE.fullmatch(one(element, "updated").text)
        assert urlsplit(one(element, "id").text).scheme in ("http", "urn")
        links = element.findall(f"{ATOM}link")
        assert all(urlsplit(link.get("href")).scheme == "http" for link in links)
        kinds = [(x.get("rel"), x.get("type"), x.get("hreflang")) for x in links]
        assert len(kinds) == len(set(kinds))
        assert ("alternate", None, None) in kinds
        for author in element.findall(f"{ATOM}author"):
            assert one(author, "name").text
        assert all(c.get("term") for c in element.findall(f"{ATOM}category"))
    ids = [one(entry, "id").text for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))


def titles(feed) -> list[str]:
    return [one(entry, "title").text for entry in feed.findall(f"{ATOM}entry")]


def links(element) -> dict[str, str]:
    return {
        link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")
    }


def put_floods(count: int, **fields) -> None:
    put(
        *(
            record(
                f"f{number}",
                f"Тасқын {number}",
                published_at=LONG_AGO + timedelta(days=number),
                **fields,
            )
            for number in range(count)
        )
    )


def test_the_feed_has_the_newest_thirty_in_any_requested_order(client):
    put_floods(33)
    feed = read(ask(client, q="тасқын", order="oldest", page="2"))
    assert titles(feed) == [f"Тасқын {number}" for number in range(32, 2, -1)]
    assert one(feed, "updated").text == "2015-07-03T12:00:00+00:00"


def test_a_feed_entry_has_authors_and_categories(client):
    people = [
        Value("author", "a", {"kk": "Айгүл", "ru": "Айгуль"}),
        Value("source", "s", {"kk": "ҚазАқпарат"}),
        Value("section", "q", {"kk": "Қоғам"}),
        Value("topic", "t", {"kk": "Апат"}),
        place("oral", kk="Орал"),
    ]
    put(
        record(
            "f", "Су < от & тасқын", lead="Бірге: 5 < 6 & <b>", values=tuple(people)
        ),
        record("f", "Паводок", locale="ru"),
    )
    (entry,) = read(ask(client, q="тасқын")).findall(f"{ATOM}entry")
    assert one(entry, "title").text == "Су < от & тасқын"
    summary = one(entry, "summary")
    assert summary.get("type") == "html"
    assert BeautifulSoup(summary.text, "html.parser").text == "Бірге: 5 < 6 & <b>"
    assert [a.find(f"{ATOM}name").text for a in entry.findall(f"{ATOM}author")] == [
        "Айгүл"
    ]
    terms = [c.get("term") for c in entry.findall(f"{ATOM}category")]
    assert terms == ["Қоғам", "Апат"]
    assert entry.get(LANG) == "kk"
    assert one(entry, "published").text == "2015-06-01T12:00:00+00:00"
    alternates = {
        link.get("hreflang"): link.get("href") for link in entry.findall(f"{ATOM}link")
    }
    assert alternates == {
        None: "http://testserver/kk/f/",
        "ru": "http://testserver/ru/f/",
    }


def test_a_feed_entry_without_authors_names_the_source_or_the_site(client):
    put(record("f", "Тасқын", values=(Value("source", "s", {"kk": "ҚазАқпарат"}),)))
    put(record("g", "Тасқын екі"))
    feed = read(ask(client, q="тасқын"))
    names = [
        [name.text for name in entry.findall(f"{ATOM}author/{ATOM}name")]
        for entry in feed.findall(f"{ATOM}entry")
    ]
    assert sorted(names) == [[], ["ҚазАқпарат"]]
    assert one(one(feed, "author"), "name").text == "Жаңалықтар мұрағаты"


def test_an_id_outlives_a_new_address_title_and_host(client):
    def ids(**extra) -> list[str]:
        response = client.get("/kk/search/feed.atom", {"q": "тасқын"}, **extra)
        return [one(e, "id").text for e in read(response).findall(f"{ATOM}entry")]

    put(record("f", "Тасқын"))
    before = ids()
    put(record("f", "Тасқын басылды", url="/kk/moved/"))
    assert ids() == before == ids(HTTP_HOST="localhost")
    entries.remove(["f:kk"])
    put(record("f", "Тасқын басылды"))
    assert ids() == before


def test_language_versions_have_ids_of_their_own(client):
    put(record("f", "Форум"), record("f", "Форум", locale="ru"))
    found = [
        one(read(ask(client, code, q="форум")).find(f"{ATOM}entry"), "id").text
        for code in ("kk", "ru")
    ]
    assert len(set(found)) == 2


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("kk", "«тасқын»; Жылдар: 2014–2016; Орын: Орал — Жаңалықтар мұрағаты"),
        ("ru", "«тасқын»; Годы: 2014–2016; Место: Уральск — Архив новостей"),
        ("en", "“тасқын”; Years: 2014–2016; Place: Орал — News archive"),
    ],
)
def test_the_feed_is_in_each_language_and_links_to_its_results(client, code, title):
    put(record("f", "Тасқын", values=(place("oral", kk="Орал", ru="Уральск"),)))
    asked = {"q": "тасқын", "place": "oral", "from": "2014", "to": "2016"}
    response = ask(client, code, language="all", **asked)
    feed = read(response)
    assert feed.get(LANG) == code
    assert one(feed, "title").text == title
    assert titles(feed) == ["Тасқын"]
    for rel, path in (("alternate", "search/"), ("self", "search/feed.atom")):
        address = urlsplit(links(feed)[rel])
        assert address.path == f"/{code}/{path}"
        assert parse_qs(address.query) == {
            "language": ["all"],
            **{name: [value] for name, value in asked.items()},
        }
    assert client.get(links(feed)["self"]).content == response.content


def test_only_articles_with_all_of_the_words_are_in_it(client):
    put(record("f", "Өзен тасыды"), record("g", "Мектеп ашылды"))
    page = client.get("/kk/search/", {"q": "өзен мектеп"}).content.decode()
    assert "Мектеп" in page  # the page shows what has some of them
    assert titles(read(ask(client, q="өзен мектеп"))) == []


def test_a_feed_of_filters_alone_is_one_of_all_that_they_leave(client):
    put_floods(2, values=(place("oral", kk="Орал"),))
    put(record("g", "Басқа"))
    assert titles(read(ask(client, place="oral"))) == ["Тасқын 1", "Тасқын 0"]


def test_an_empty_feed_is_a_feed_and_stays_the_same(client):
    first, second = ask(client, q="жоқ"), ask(client, q="жоқ")
    assert titles(read(first)) == []
    assert first.content == second.content


@pytest.mark.parametrize(
    "parameters", [{}, {"q": " "}, {"q": "-"}, {"language": "all"}]
)
def test_a_feed_without_query_and_filters_is_not_found(client, parameters):
    assert ask(client, **parameters).status_code == 404


@pytest.mark.parametrize(
    "typed", ["тасқын\x0b\x00", "тасқын \ufffe\ud7ff😀", "<a>&]]>тасқын", "x" * 5000]
)
def test_the_feed_of_any_query_is_valid_xml(client, typed):
    # No NUL: PostgreSQL stores none, and so no page has one.
    put(record("f", "Тасқын\x0bды \uffff", lead="\x08 тасқын"))
    read(ask(client, q=typed, place="\x1b"))


def test_who_has_the_feed_is_not_sent_it_again(client):
    put_floods(2)
    first = ask(client, q="тасқын")
    tag, changed = first["ETag"], first["Last-Modified"]
    assert first["Cache-Control"] == "public, max-age=300"
    for headers in ({"if-none-match": tag}, {"if-modified-since": changed}):
        again = ask(client, q="тасқын", headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == tag
    put(record("f0", "Тасқын, түзетілген"))
    again = ask(client, q="тасқын", headers={"if-none-match": tag})
    assert again.status_code == 200
    assert again["ETag"] != tag


def test_a_correction_is_a_modification_though_nothing_newer_was_published(client):
    put_floods(1)
    Change.objects.update(at=datetime(2020, 1, 1, tzinfo=UTC))
    old = http_date(datetime(2021, 1, 1, tzinfo=UTC).timestamp())
    unchanged = ask(client, q="тасқын", headers={"if-modified-since": old})
    assert unchanged.status_code == 304
    put(record("f0", "Тасқын, түзетілген"))
    changed = ask(client, q="тасқын", headers={"if-modified-since": old})
    assert changed.status_code == 200
    assert parse_http_date(changed["Last-Modified"]) > parse_http_date(old)


def test_the_results_page_names_its_feed(client):
    put_floods(1)
    response = client.get("/kk/search/", {"q": "тасқын", "order": "oldest"})
    soup = BeautifulSoup(response.content, "html.parser")
    (named,) = soup.select("head link[type='application/atom+xml']")
    assert named["rel"] == ["alternate"]
    assert soup.select_one(".keep a[type]")["href"] == named["href"]
    assert titles(read(client.get(named["href"]))) == ["Тасқын 0"]
    empty = BeautifulSoup(client.get("/kk/search/").content, "html.parser")
    assert empty.select("[type='application/atom+xml']") == []


def test_the_link_to_share_has_all_that_was_asked_for_and_nothing_else(client):
    put_floods(12, values=(place("oral", kk="Орал"),))
    asked = {
        "q": ["тасқын"],
        "language": ["all", "kk"],
        "order": ["newest"],
        "place": ["oral"],
        "from": ["2014"],
        "to": ["2016"],
    }
    response = client.get("/kk/search/", asked | {"page": "2", "utm_source": "x"})
    soup = BeautifulSoup(response.content, "html.parser")
    link = soup.select_one("[data-copy]")
    assert link["href"] == link["data-copy"]
    address = urlsplit(link["href"])
    assert f"{address.scheme}://{address.netloc}" == "http://testserver"
    assert parse_qs(address.query) == asked


def test_programs_that_ask_all_day_are_no_readers(client):
    told = []

    def listen(sender, **kwargs):
        told.append(kwargs)

    searched.connect(listen)
    try:
        ask(client, q="тасқын")
    finally:
        searched.disconnect(listen)
    assert told == []


def test_a_longer_feed_takes_no_more_queries(client):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(ask(client, q="тасқын"))
        return len(queries)

    put_floods(2, values=(Value("author", "a", {"kk": "Айгүл"}),))
    before = count()
    put_floods(40, values=(Value("author", "b", {"kk": "Болат"}),))
    assert count() <= before


def test_the_articles_of_the_newsroom_are_in_it(client, homes):
    article = make_article(make_section(homes["kk"]), title="Көктемгі тасқын")
    (entry,) = read(ask(client, q="тасқын")).findall(f"{ATOM}entry")
    assert urlsplit(links(entry)["alternate"]).path == urlsplit(article.url).path


def test_every_address_in_it_is_of_the_host_that_was_asked(client, homes, settings):
    settings.ALLOWED_HOSTS = ["a.kz"]
    make_article(make_section(homes["kk"]), title="Қызылордадағы форум")
    Site.objects.update(hostname="127.0.0.1", port=8000)
    Site.clear_site_root_paths_cache()
    feed = client.get("/kk/search/feed.atom", {"q": "форум"}, HTTP_HOST="a.kz:8123")
    links = re.findall(r'href="([^"]*)"', feed.content.decode())
    assert len(links) >= 3
    assert [link for link in links if not link.startswith("http://a.kz:8123/")] == []
