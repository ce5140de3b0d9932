"""Pages for readers, in every language."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from newsroom.articles.models import (
    ArticlePage,
    ArticleTopic,
    Organisation,
    Place,
    SectionPage,
    Topic,
)
from newsroom.transliteration.editions import SCRIPT_EDITIONS
from tests.corrections.articles import correct, publish
from tests.factories import locale_of, make_article, make_section

CODES = ("kk", "ru", "en")
BODY = [
    ("paragraph", "<p>Мәтін <b>қалың</b></p>"),
    ("heading", "Тақырыпша"),
    ("quote", {"text": "Сөз", "said": "деді", "speaker": "олар", "role": ""}),
    (
        "quote",
        {"text": "Сөз", "said": "", "speaker": "UN-Habitat", "role": "бағдарлама"},
    ),
    ("list", {"heading": "Міндет:", "introduction": "Үшеу:", "items": ["бір", "екі"]}),
    (
        "people_list",
        {
            "introduction": "Сарапшылар:",
            "people": [
                {"name": "А", "post": "төраға", "organisation": "", "person": None},
                {"name": "Б", "post": "", "organisation": "В", "person": None},
            ],
            "separator": "semicolon",
            "closing": "және басқалар.",
        },
    ),
    ("embed", {"url": "https://video.example/1", "title": "Бейне", "description": ""}),
    (
        "table",
        {
            "caption": "Кесте",
            "table": {
                "data": [["Қала", "Жыл"], ["Ақтау", "1963"]],
                "first_row_is_table_header": True,
                "table_header_choice": "row",
            },
        },
    ),
    ("fact_box", {"title": "Дерек", "text": "<p>Мәлімет</p>"}),
]


@pytest.fixture
def article(homes) -> ArticlePage:
    """Return an article with everything in it, in Kazakh only."""
    kk = locale_of("kk")
    article = make_article(
        make_section(homes["kk"]),
        title="Қызылорда форумы",
        body=BODY,
        dateline=Place.objects.create(name="Қызылорда", locale=kk),
        outlet=Organisation.objects.create(name="Jarialike.kz", locale=kk),
        source_url="https://jarialike.kz/1",
    )
    topic = Topic.objects.create(name="Урбанистика", locale=kk)
    article.topics = [ArticleTopic(topic=topic)]
    article.save_revision().publish()
    return article


def version_of(page, code: str, **fields):
    version = page.copy_for_translation(locale_of(code), copy_parents=True)
    for name, value in fields.items():
        setattr(version, name, value)
    version.save_revision().publish()
    return type(page).objects.get(pk=version.pk)


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(element) -> str:
    """Return the text as it is read, with every run of white space as one space."""
    return re.sub(r"\s+", " ", element.get_text())


@pytest.mark.parametrize("code", CODES)
def test_every_page_type_is_served_in_every_language(client, homes, article, code):
    version = article if code == "kk" else version_of(article, code)
    SectionPage.objects.get(pk=version.get_parent().pk).save_revision().publish()
    for page in (homes[code], version.get_parent(), version):
        response = client.get(page.url)
        assert response.status_code == 200
        html = soup_of(response).html
        assert (html["lang"], html["dir"]) == (code, "ltr")
        assert version.title in words(html.main)
    search = client.get(f"/{code}/search/", {"q": "форум"})
    assert version.title in words(soup_of(search).main)


@pytest.mark.parametrize("code", CODES)
def test_a_404_page_is_in_the_readers_language(client, homes, code):
    response = client.get(f"/{code}/no-such-page/")
    assert response.status_code == 404
    with translation.override(code):
        assert translation.gettext("There is no page at this address") in words(
            soup_of(response).main
        )
    assert soup_of(response).html["lang"] == code


def test_every_block_is_shown_in_the_words_of_the_article(client, article):
    text = words(soup_of(client.get(article.url)).article)
    for expected in (
        "Мәтін қалың",
        "Тақырыпша",
        "«Сөз», — деді олар.",
        "UN-Habitat, бағдарлама",
        "Міндет: Үшеу: бір екі",
        "Сарапшылар: төраға А; Б (В) және басқалар.",
        "Бейне",
        "Кесте Қала Жыл Ақтау 1963",
        "Дерек Мәлімет",
    ):
        assert expected in text


def test_links_between_languages_are_those_that_exist(client, article):
    russian = version_of(article, "ru", title="Форум в Кызылорде")
    html = soup_of(client.get(russian.url))
    alternates = {
        link["hreflang"]: link["href"]
        for link in html.find_all("link", rel="alternate", hreflang=True)
    }
    assert alternates == {
        "kk": article.full_url,
        "kk-Latn": article.full_url.replace("/kk/", "/kk-latn/"),
        "kk-Arab": article.full_url.replace("/kk/", "/kk-arab/"),
        "ru": russian.full_url,
        "x-default": article.full_url,
    }
    assert html.find("link", rel="canonical")["href"] == russian.full_url


def test_a_missing_language_offers_the_existing_ones(client, article):
    html = soup_of(client.get(article.url))
    link = html.find("a", hreflang="ru") or html.find("a", lang="ru")
    response = client.get(link["href"])
    assert response.status_code == 200
    assert soup_of(response).find("meta", {"name": "robots"})["content"] == "noindex"
    page = soup_of(response)
    assert page.html["lang"] == "ru"
    offered = page.main.find("a", href=re.compile(re.escape(article.url) + "$"))
    assert offered.get_text(strip=True) == article.title
    missing = page.find("nav", class_="languages").find("a", lang="en")
    assert "is-missing" in missing["class"]


def test_names_are_shown_in_the_readers_language(client, article):
    place = article.dateline
    Place.objects.create(
        name="Кызылорда", locale=locale_of("ru"), translation_key=place.translation_key
    )
    russian = version_of(article, "ru", title="Форум")
    text = words(soup_of(client.get(russian.url)).article)
    assert "Кызылорда" in text
    assert "Урбанистика" in text, "a name without a translation is shown as it is"


def test_a_preview_is_in_the_language_of_the_page(rf, article, admin_user):
    russian = version_of(article, "ru", title="Форум")
    with translation.override("en"):
        response = russian.make_preview_request(preview_mode="")
    assert soup_of(response).html["lang"] == "ru"


def test_a_query_of_any_kind_gets_a_page(client, homes):
    for query in (
        "",
        " ",
        '"',
        "-",
        "AND OR NOT",
        "қала" * 25_000,
        "a:b*^()[]{}",
        "\x00",
    ):
        response = client.get("/kk/search/", {"q": query})
        assert response.status_code == 200
        assert len(response.content) < 60_000


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "1e9"])
def test_a_page_number_of_any_kind_gets_a_page(client, homes, article, page):
    for address in ("/kk/", "/kk/search/"):
        response = client.get(address, {"q": "форум", "page": page})
        assert response.status_code == 200


def test_listing_more_articles_takes_no_more_queries(client, homes):
    section = make_section(homes["kk"])
    place = Place.objects.create(name="Кызылорда", locale=locale_of("ru"))
    counts = []
    for number in range(12):
        make_article(section, title=f"Форум {number}", dateline=place)
        if number in (1, 11):
            with CaptureQueriesContext(connection) as queries:
                client.get(section.url)
                client.get(homes["kk"].url)
            counts.append(len(queries))
    assert counts[0] == counts[1] < 40


def test_a_private_article_is_not_listed(client, homes, article):
    article.view_restrictions.create(restriction_type="login")
    assert article.title not in words(soup_of(client.get("/kk/")).main)


@pytest.mark.parametrize("kind", ["login", "password"])
def test_a_private_article_asks_for_a_password(client, article, kind):
    article.view_restrictions.create(restriction_type=kind, password="құпия")
    response = client.get(article.url, follow=True)
    assert response.status_code == 200
    assert article.lead not in response.content.decode()
    assert 'type="password"' in response.content.decode()


def test_a_private_version_is_not_offered(client, article):
    version_of(article, "ru", title="Құпия нұсқа").view_restrictions.create(
        restriction_type="login"
    )
    response = client.get(article.url.replace("/kk/", "/en/"))
    assert article.title in response.content.decode()
    assert "Құпия нұсқа" not in response.content.decode()


def test_a_version_in_a_language_the_site_no_longer_has_is_not_offered(client, article):
    uzbek = Locale.objects.create(language_code="uz")
    article.get_site().root_page.copy_for_translation(uzbek)
    version = article.copy_for_translation(uzbek, copy_parents=True)
    version.save_revision().publish()
    missing = client.get(article.url.replace("/kk/", "/en/"))
    offered = soup_of(missing).main.find_all("a", hreflang=True)
    assert [link["hreflang"] for link in offered] == ["kk"]


def test_an_address_that_redirects_does_so_though_another_language_has_it(
    client, article
):
    path = article.url.replace("/kk/", "/en/")
    Redirect.add_redirect(path, redirect_to="/en/elsewhere/")
    for asked in (path, f"{path}?page=2"):
        response = client.get(asked)
        assert (response.status_code, response["Location"]) == (301, "/en/elsewhere/")


def test_no_link_of_the_language_switcher_is_an_error(client, article):
    correct(article, "Бес емес, алты.")
    publish(article, title="Түзетілді")
    below = [f"{article.url}versions/", f"{article.url}versions/1/"]
    of_time = f"/kk/archive/{localtime(article.published_at):%Y/%m/%d}/"
    pages = [article.get_parent().url, article.url, *below, of_time, of_time[:-3]]
    for path in pages:
        links = soup_of(client.get(path)).find(class_="languages").find_all("a")
        assert len(links) == len(settings.LANGUAGES) + len(SCRIPT_EDITIONS)
        statuses = {
            link["href"]: client.get(link["href"]).status_code for link in links
        }
        assert set(statuses.values()) == {200}, statuses


def test_an_address_cannot_point_the_language_switch_elsewhere(client, homes):
    response = client.get("//evil.example/x")
    assert 'href="//' not in response.content.decode()


def test_a_section_does_not_hide_behind_the_search_page(client, homes):
    section = make_section(homes["en"], title="Search")
    assert section.slug == "search-1"
    section.slug = "search"
    with pytest.raises(ValidationError):
        section.full_clean()


def test_a_quote_may_name_a_role_alone(client, homes):
    quote = {"text": "Сөз", "said": "", "speaker": "", "role": "сарапшы"}
    article = make_article(make_section(homes["kk"]), body=[("quote", quote)])
    assert "— сарапшы" in words(soup_of(client.get(article.url)).article)


def test_the_copy_form_offers_no_alias(admin_client, article):
    address = reverse("wagtailadmin_pages:copy", args=[article.pk])
    assert b'name="alias"' not in admin_client.get(address).content
    admin_client.post(
        address,
        {
            "new_title": "Көшірме",
            "new_slug": "koshirme",
            "new_parent_page": article.get_parent().pk,
            "alias": "on",
        },
    )
    assert ArticlePage.objects.get(slug="koshirme").alias_of_id is None
