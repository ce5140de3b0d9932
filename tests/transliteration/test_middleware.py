"""Kazakh pages at the URLs of the editions."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from newsroom.transliteration.editions import ARABIC, LATIN, SCRIPT_EDITIONS
from newsroom.transliteration.middleware import ScriptEditionMiddleware
from search.index.term_statistics import apply_deltas
from search.languages.kazakh.scripts import convert
from tests.factories import make_article, make_section

EDITIONS = pytest.mark.parametrize(
    "edition", SCRIPT_EDITIONS, ids=[edition.lang for edition in SCRIPT_EDITIONS]
)
SWITCHER = ["Қазақша", "Qazaqşa", "قازاقشا", "Русский", "English"]
TITLE = "Қызылордада форум өтіп жатыр"


@pytest.fixture
def article(homes):
    section = make_section(homes["kk"])
    return make_article(
        section,
        title=TITLE,
        body=[("paragraph", "<p>Қала өмірі: <b>UN-Habitat</b>, info@mail.kz</p>")],
    )


def at(url: str, edition) -> str:
    return url.replace("/kk/", f"/{edition.prefix}/", 1)


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def served(
    response: HttpResponse, path: str = "/kk-latn/a/", **headers
) -> HttpResponse:
    """Return the response of the middleware to a view's response."""
    request = RequestFactory().get(path, **headers)
    return ScriptEditionMiddleware(lambda _request: response)(request)


def page(text: str = "Қала") -> HttpResponse:
    return HttpResponse(f'<html lang="kk"><body>{text}</body></html>')


@EDITIONS
def test_every_kazakh_page_is_there_in_the_script(client, homes, article, edition):
    addresses = (homes["kk"].url, article.get_parent().url, article.url, "/kk/search/")
    for url in addresses:
        response = client.get(at(url, edition))
        assert response.status_code == 200
        html = soup_of(response).html
        assert (html["lang"], html["dir"]) == (edition.lang, edition.direction)
        assert response["Content-Language"] == edition.lang
        canonical = html.find("link", rel="canonical")["href"]
        assert urlsplit(canonical).path == url
        links = html.find("nav", class_="languages").find_all("a")
        assert [re.split("[,،]", link.get_text())[0] for link in links] == SWITCHER
        current = [link["lang"] for link in links if link.get("aria-current")]
        assert current == [edition.lang]
        assert links[0]["href"] == url
        out = [
            link
            for link in html.find_all("a", href=True)
            if link["href"].startswith("/kk/") and link not in links
        ]
        assert out == []


@EDITIONS
def test_the_visible_text_of_an_article_is_in_the_script(client, article, edition):
    html = soup_of(client.get(at(article.url, edition)))
    title = convert(TITLE, edition.script)
    assert html.h1.get_text() == title
    assert html.title.get_text().startswith(title)
    assert html.find("meta", property="og:title")["content"] == title
    assert html.find("meta", property="og:url")["content"].endswith(article.url)
    # Short compounds have a word joiner behind the hyphen.
    text = html.find(class_="prose").get_text()
    assert convert("Қала өмірі:", edition.script) in text
    assert "UN-Habitat" in text
    assert "info@mail.kz" in text
    cyrillic = re.compile("[а-яәғқңөұүһі]", re.IGNORECASE)
    left = html.main.find_all(string=cyrillic)
    assert [
        text
        for text in left
        # A citation names the article as it was published.
        if not text.find_parent(lang="ru") and not text.find_parent(translate="no")
    ] == []


@EDITIONS
def test_the_interface_is_in_the_script(client, article, edition):
    html = soup_of(client.get(at("/kk/", edition)))
    field = html.find("input", type="search")
    placeholder = convert("Мұрағаттан іздеу", edition.script)
    assert field["placeholder"] == placeholder
    assert field.find_parent("form")["action"] == f"/{edition.prefix}/search/"
    assert field["data-suggestions"] == f"/{edition.prefix}/search/suggestions/"


@pytest.mark.parametrize("code", ["kk", "kk-latn", "kk-arab"])
def test_each_page_names_all_its_editions(client, article, code):
    html = soup_of(client.get(article.url.replace("/kk/", f"/{code}/")))
    links = html.find_all("link", rel="alternate", hreflang=True)
    alternates = {link["hreflang"]: link["href"] for link in links}
    assert set(alternates) == {"kk", "kk-Latn", "kk-Arab", "x-default"}
    assert alternates["kk"] == alternates["x-default"]
    for edition in SCRIPT_EDITIONS:
        assert alternates[edition.lang] == at(alternates["kk"], edition)


def test_a_page_without_a_kazakh_version_has_no_scripts(client, homes):
    russian = make_article(make_section(homes["ru"]), title="Форум", lead="О городах.")
    html = soup_of(client.get(russian.url))
    links = html.find("nav", class_="languages").find_all("a")
    assert [link["lang"] for link in links] == ["kk", "ru", "en"]
    assert not html.find("link", hreflang="kk-Latn")


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_languages_themselves_are_untouched(client, homes, article, code):
    html = soup_of(client.get(f"/{code}/")).html
    assert (html["lang"], html["dir"]) == (code, "ltr")
    assert not html.find("link", href=lambda href: href and "arabic.css" in href)
    if code == "kk":
        assert TITLE in html.get_text()


@EDITIONS
def test_a_404_page_is_in_the_script(client, homes, edition):
    response = client.get(f"/{edition.prefix}/no-such-page/")
    assert response.status_code == 404
    html = soup_of(response)
    assert html.html["lang"] == edition.lang
    with translation.override("kk"):
        title = translation.gettext("There is no page at this address")
    assert html.h1.get_text() == convert(title, edition.script)
    current = html.find("nav", class_="languages").find(
        "a", attrs={"aria-current": True}
    )
    assert current["href"] == f"/{edition.prefix}/no-such-page/"


@EDITIONS
def test_an_untranslated_page_is_offered_in_its_own_language(client, homes, edition):
    russian = make_article(make_section(homes["ru"]), title="Форум", lead="О городах.")
    response = client.get(russian.url.replace("/ru/", f"/{edition.prefix}/"))
    assert response.status_code == 200
    link = soup_of(response).main.find("a", lang="ru")
    assert (link["href"], link.get_text()) == (russian.url, "Форум")


@EDITIONS
@pytest.mark.parametrize("query", ["форумда", "forumda", "فورۋمدا"])
def test_the_search_takes_any_script(client, article, edition, query):
    html = soup_of(client.get(f"/{edition.prefix}/search/", {"q": query}))
    (link,) = html.select(".hit__title a")
    assert link.get_text().strip() == convert(TITLE, edition.script)
    assert link["href"] == at(article.url, edition)
    assert link.find_parent("h2")["lang"] == edition.lang
    assert html.find("input", id="search")["value"] == query


@EDITIONS
def test_suggestions_are_in_the_script(client, article, edition):
    apply_deltas()
    address = f"/{edition.prefix}/search/suggestions/"
    answer = client.get(address, {"q": "қызыл"}).json()
    line = next(line for line in answer["suggestions"] if line["kind"] == "title")
    assert line["text"] == convert(TITLE, edition.script)
    assert line["url"] == at(article.url, edition)
    assert line["language"] == edition.lang
    assert line["label"] == convert("Мақала", edition.script)
    machine = client.get(
        f"/{edition.prefix}/search/results.json", {"q": "форум"}
    ).json()
    assert machine["results"][0]["title"] == TITLE


def test_the_pages_of_a_list_stay_in_the_script(client, homes):
    section = make_section(homes["kk"])
    for number in range(45):
        make_article(section, title=f"Мақала {number}", slug=f"maqala-{number}")
    html = soup_of(client.get(at(section.url, LATIN), {"page": 2}))
    assert html.find("link", rel="canonical")["href"].endswith(f"{section.url}?page=2")
    base = f"http://testserver{at(section.url, LATIN)}"
    steps = {urljoin(base, link["href"]) for link in html.select(".pagination a")}
    assert f"{base}?page=2" in steps
    assert {urlsplit(step).path for step in steps} == {at(section.url, LATIN)}


@EDITIONS
def test_redirects_stay_in_the_edition(client, article, edition):
    Redirect.objects.create(old_path="/kk/old", redirect_page=article)
    for path, target in (
        ("", "/kk/"),
        ("/old/", article.url),
        (article.url.removeprefix("/kk").rstrip("/"), article.url),
    ):
        response = client.get(f"/{edition.prefix}{path}")
        assert response.status_code in (301, 302)
        assert response["Location"] == at(target, edition)


def test_another_case_of_the_prefix_redirects_to_the_right_one(client, homes):
    response = client.get("/KK-Latn/search/?q=a%20b")
    assert response.status_code == 301
    assert response["Location"] == "/kk-latn/search/?q=a%20b"


def test_a_private_page_stays_private(client, article):
    PageViewRestriction.objects.create(
        page=article.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    response = client.get(at(article.url, LATIN))
    assert response.status_code == 302
    assert TITLE not in response.content.decode()


def test_no_query_is_added(client, article, django_assert_num_queries):
    for address in (article.url, at(article.url, LATIN)):
        client.get(address)  # each edition is kept by itself
    with CaptureQueriesContext(connection) as usual:
        client.get(article.url)
    with django_assert_num_queries(len(usual)):
        client.get(at(article.url, LATIN))


def test_a_head_request_has_the_length_of_the_page(client, article):
    address = at(article.url, ARABIC)
    full, head = client.get(address), client.head(address)
    assert head.content == b""
    assert head["Content-Length"] == full["Content-Length"] == str(len(full.content))


def test_a_form_keeps_its_token():
    token = '<input type="hidden" name="csrfmiddlewaretoken" value="aBc">'
    html = f'<form method="post" action="/kk/a/">{token}</form>'
    assert token in served(page(html)).content.decode()


@pytest.mark.parametrize(
    "response",
    [
        JsonResponse({"a": "Қала"}, json_dumps_params={"ensure_ascii": False}),
        HttpResponse("<a>Қала</a>", content_type="application/rss+xml"),
        HttpResponse("Қала", content_type="text/plain; charset=utf-8"),
    ],
    ids=["json", "feed", "text"],
)
def test_responses_that_are_no_pages_are_unchanged(response):
    before = response.content
    assert served(response).content == before


def test_streams_and_compressed_pages_pass_as_they_are():
    stream = served(StreamingHttpResponse(['<html lang="kk">Қала</html>']))
    assert b"".join(stream).decode() == '<html lang="kk">Қала</html>'
    compressed = page()
    compressed["Content-Encoding"] = "gzip"
    assert "Қала" in served(compressed).content.decode()


def test_entity_tags_differ_by_script_and_are_restored_for_the_view():
    response = page()
    response["ETag"] = 'W/"abc"'
    tag = served(response)["ETag"]
    assert tag.startswith('W/"abc-')
    assert tag.endswith('"')
    seen = []

    def view(request):
        seen.append(request.META["HTTP_IF_NONE_MATCH"])
        return HttpResponse(status=304)

    request = RequestFactory().get("/kk-latn/a/", headers={"if-none-match": tag})
    ScriptEditionMiddleware(view)(request)
    assert seen == ['W/"abc"']
    assert request.META["HTTP_IF_NONE_MATCH"] == tag


def test_the_request_is_for_the_kazakh_page_behind_and_as_it_came_before():
    seen = {}

    def view(request):
        seen.update(
            path=request.path, info=request.path_info, full=request.get_full_path()
        )
        seen["edition"] = request.script_edition
        return page()

    request = RequestFactory().get("/kk-arab/a/?b=1")
    ScriptEditionMiddleware(view)(request)
    assert seen == {
        "path": "/kk/a/",
        "info": "/kk/a/",
        "full": "/kk/a/?b=1",
        "edition": ARABIC,
    }
    assert (request.path, request.path_info) == ("/kk-arab/a/", "/kk-arab/a/")


def test_the_length_is_that_of_what_is_sent():
    response = page("Өмір " * 10)
    response["Content-Length"] = str(len(response.content))
    sent = served(response)
    assert sent["Content-Length"] == str(len(sent.content))
