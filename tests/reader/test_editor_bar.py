"""The bar for editors on readers' pages, which only editors get."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from tests.articles.editing import article_form, edit_url
from tests.factories import make_article, make_section

BAR = ("userbar", "editor-bar")
TABLES = ("auth_user", "django_session", "wagtailusers_userprofile")


@pytest.fixture
def article(homes):
    return make_article(make_section(homes["kk"]))


@pytest.fixture
def pages(article) -> list[str]:
    """Return pages of every kind, in every edition."""
    return [
        *(f"/{code}/" for code in ("kk", "ru", "en", "kk-latn", "kk-arab")),
        article.url,
        article.url.replace("/kk/", "/kk-latn/"),
        article.get_parent().url,
        reverse("search"),
        reverse("archive:overview"),
        "/kk/nothing-here/",
    ]


@pytest.fixture
def account(db):
    def make(name: str, role: str = "", language: str = "ru"):
        user = get_user_model().objects.create_user(name)
        user.groups.add(*Group.objects.filter(name=role))
        UserProfile.objects.create(user=user, preferred_language=language)
        return user

    return make


def test_readers_get_no_byte_of_it_and_no_query_is_made_for_it(client, pages):
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        assert answer.text.endswith("</footer>\n  </body>\n</html>\n"), page
        assert not any(word in answer.text for word in BAR), page
        assert "Cookie" not in answer.get("Vary", "")
        assert "private" not in answer.get("Cache-Control", "")
        asked = " ".join(query["sql"] for query in queries)
        assert not any(table in asked for table in TABLES), page


def test_editors_get_it_in_their_language_and_no_cache_keeps_it(client, pages, account):
    client.force_login(account("editor", "News editors"))
    for page in pages:
        answer = client.get(page)
        (bar,) = BeautifulSoup(answer.text, "html.parser").select(".editor-bar")
        assert (bar["lang"], bar["dir"], bar["translate"]) == ("ru", "ltr", "no")
        assert "Cookie" in answer["Vary"]
        assert "private" in answer["Cache-Control"]


def test_the_bar_of_a_kazakh_editor_is_not_converted(client, article, account):
    client.force_login(account("editor", "News editors", language="kk"))
    bars = {
        str(
            BeautifulSoup(client.get(address).text, "html.parser").select(".editor-bar")
        )
        for address in (article.url, article.url.replace("/kk/", "/kk-latn/"))
    }
    assert len(bars) == 1
    assert "Тексеру" in bars.pop()


def test_readers_with_a_session_get_nothing_of_it(client, article, account):
    PageViewRestriction.objects.create(
        page=article, restriction_type="password", password="сөз"
    )
    restriction = PageViewRestriction.objects.get()
    url = reverse(
        "wagtailcore_authenticate_with_password", args=[restriction.pk, article.pk]
    )
    client.post(url, {"password": "сөз", "return_url": article.url})
    assert client.cookies
    answer = client.get(article.url)
    assert answer.status_code == 200
    assert not any(word in answer.text for word in BAR)
    client.force_login(account("stranger"))
    assert not any(word in client.get("/kk/").text for word in BAR)


@pytest.mark.parametrize(
    ("mode", "lang", "word"),
    [
        ("", "kk", "Бәйшешек"),
        ("kk-latn", "kk-Latn", "Bäişeşek"),
        ("kk-arab", "kk-Arab", "بايشەشەك"),
        ("other", "kk", "Бәйшешек"),
    ],
)
def test_a_draft_is_previewed_with_the_bar_in_every_script(
    client, homes, account, mode, lang, word
):
    article = make_article(make_section(homes["kk"]), live=False)
    client.force_login(account("editor", "News editors"))
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    assert client.post(preview, article_form()).json()["is_valid"]
    answer = client.get(preview, {"mode": mode, "in_preview_panel": "true"})
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.html["lang"] == lang
    assert word.lower() in page.select_one(".article__lead").text.lower()
    assert len(page.select(".editor-bar")) == 1
    editor = client.get(edit_url(article))
    assert 'value="kk-arab"' in editor.text


def test_a_russian_page_is_previewed_in_one_script(homes):
    article = make_article(make_section(homes["ru"]), live=False)
    assert len(article.preview_modes) == 1
    assert len(make_article(make_section(homes["kk"])).preview_modes) == 3


def test_the_checks_panel_does_not_start_with_a_count(client, homes, account):
    article = make_article(make_section(homes["kk"]), live=False)
    client.force_login(account("editor", "News editors"))
    page = BeautifulSoup(client.get(edit_url(article)).text, "html.parser")
    (count,) = page.select('[data-side-panel="checks"] [data-content-checker-count]')
    assert count.text == "–"
    assert page.select_one("[data-checks-status]").text
