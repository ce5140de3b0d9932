"""wagtail-localize's button to publish all translations asks for each target."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail_localize.models import TranslationSource

from newsroom.articles.models import ArticlePage, SectionPage
from tests.factories import make_section
from tests.translation.articles import submit
from tests.translation.segments import account


@pytest.fixture
def submitter(db, client):
    """Return a Russian editor who may also begin translations."""
    group = Group.objects.create(name="Submitters")
    group.permissions.add(Permission.objects.get(codename="submit_translation"))
    user = account("submitter", "Language editors: ru", group.name)
    client.force_login(user)
    return user


def publish_all(client, page):
    source = TranslationSource.objects.get_for_instance(page)
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    return client.post(url, {"publish_translations": "on"})


def test_sections_are_not_published_in_languages_of_others(
    client, submitter, homes, locales, committed
):
    section = make_section(homes["kk"], title="Спорт")
    with committed():
        submit(section, locales["en"])
    with committed():
        response = publish_all(client, section)
    assert response["Location"] == reverse("wagtailadmin_home")
    english = SectionPage.objects.get(
        translation_key=section.translation_key, locale=locales["en"]
    )
    assert not english.live


def test_a_deleted_target_is_not_recreated_and_published(
    client, submitter, article, locales, committed
):
    with committed():
        translation = submit(article, locales["en"])
        translation.get_target_instance().delete()
    translation.refresh_from_db()
    translation.enabled = True
    translation.save()
    with committed():
        response = publish_all(client, article)
    assert response["Location"] == reverse("wagtailadmin_home")
    assert not ArticlePage.objects.filter(locale=locales["en"]).exists()
