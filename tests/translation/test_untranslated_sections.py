"""An untranslated section is listed on the desk and breaks no page."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.urls import reverse

from newsroom.access.roles import create_roles
from newsroom.articles.models import ArticlePage, SectionPage
from tests.factories import locale_of, make_article, make_section

DESK = reverse("translation_desk:index")


@pytest.fixture
def section(homes):
    return make_section(homes["kk"], "Экономика және қаржы")


def _listed(client):
    soup = BeautifulSoup(client.get(DESK).content, "html.parser")
    heading = soup.find(id="desk-sections")
    return heading.parent.find_all("li") if heading else []


def test_the_desk_lists_a_section_in_each_language_that_lacks_it(section, admin_client):
    rows = _listed(admin_client)
    assert len(rows) == 2
    for row in rows:
        assert row.a.get_text() == section.title
        assert row.a["lang"] == "kk"
        assert row.a["href"] == reverse("wagtailadmin_pages:edit", args=[section.pk])


def test_a_draft_is_listed_until_it_is_published(section, admin_client):
    draft = section.copy_for_translation(locale_of("ru"), copy_parents=True)
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert edit in {row.a["href"] for row in _listed(admin_client)}
    draft.title = "Экономика"
    draft.save_revision().publish()
    [row] = _listed(admin_client)
    assert row.a["href"] != edit


def test_an_unpublished_section_is_not_listed(section, admin_client):
    section.unpublish()
    assert _listed(admin_client) == []


def test_who_may_not_edit_the_section_reads_its_name_without_a_link(section, client):
    translator = User.objects.create_user("translator", password="x")
    translator.groups.add(create_roles()["Translators: ru"])
    client.force_login(translator)
    rows = _listed(client)
    assert len(rows) == 2
    assert not any(row.a for row in rows)


@pytest.mark.parametrize("code", ["ru", "en"])
def test_an_article_in_a_draft_section_names_it_in_the_original_language(
    section, client, code
):
    article = make_article(section)
    version = article.copy_for_translation(locale_of(code), copy_parents=True)
    version.title = "A title"
    version.save_revision().publish()
    version = ArticlePage.objects.get(pk=version.pk)
    draft = SectionPage.objects.get(
        translation_key=section.translation_key, locale=locale_of(code)
    )
    assert not draft.live
    soup = BeautifulSoup(client.get(version.url).content, "html.parser")
    shown = soup.select_one(".article__kicker > span")
    assert shown.get_text(strip=True) == section.title
    assert shown["lang"] == "kk"
    address = version.url.rsplit("/", 2)[0] + "/"
    response = client.get(address)
    assert response.status_code == 200
    assert section.url in response.content.decode()


@pytest.mark.parametrize("code", ["ru", "en"])
def test_a_draft_section_with_another_slug_offers_its_languages_too(
    section, client, code
):
    version = make_article(section).copy_for_translation(
        locale_of(code), copy_parents=True
    )
    version.save_revision().publish()
    draft = SectionPage.objects.get(
        translation_key=section.translation_key, locale=locale_of(code)
    )
    draft.slug, draft.title = "renamed", "Renamed"
    draft.save()
    response = client.get(f"/{code}/renamed/")
    assert response.status_code == 200
    assert section.url in response.content.decode()
    version.refresh_from_db()
    version.unpublish()
    assert client.get(f"/{code}/renamed/").status_code == 404
