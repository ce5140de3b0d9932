"""wagtail-localize's own addresses ask for no less than the desk does."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from newsroom.translation.models import VersionState
from newsroom.translation.review.actions import hand_in
from newsroom.translation.segments import segments_of
from tests.translation.articles import submit, translate
from tests.translation.segments import account


@pytest.fixture
def russian(translation, committed):
    with committed():
        translate(translation)
    return translation


def log_in(client, *groups: str):
    user = account("someone", *groups)
    client.force_login(user)
    return user


def test_all_translations_are_published_by_those_who_may_publish_each(
    client, russian, committed
):
    journalist = log_in(client, "Journalists")
    url = reverse("wagtail_localize:update_translations", args=[russian.source_id])
    with committed():
        assert client.post(url, {"publish_translations": "on"}).status_code == 302
    assert not russian.get_target_instance().live  # Wagtail sends them home
    with committed():
        client.post(url, {})
    journalist.groups.set(Group.objects.filter(name="News editors"))
    with committed():
        client.post(url, {"publish_translations": "on"})
    assert russian.get_target_instance().live


def test_no_page_becomes_an_alias(client, russian):
    log_in(client, "News editors")
    page = russian.get_target_instance()
    client.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]))
    assert Page.objects.get(pk=page.pk).alias_of_id is None


def test_what_is_in_review_is_not_changed_by_wagtail_localizes_editor(
    client, russian, committed
):
    translator = log_in(client, "Translators: ru")
    segment = segments_of(russian)[0]
    number = russian.source.stringsegment_set.get(
        string=segment.string, context=segment.context
    ).pk
    url = reverse("wagtail_localize:edit_string_translation", args=[russian.pk, number])

    def put(text: str):
        form = "application/x-www-form-urlencoded"
        return client.put(url, urlencode({"value": text}), content_type=form)

    with committed():
        assert put("До проверки").status_code == 200
        hand_in(russian, user=translator)
    put("Во время проверки")
    assert segments_of(russian)[0].translation == "До проверки"
    client.post(reverse("wagtail_localize:stop_translation", args=[russian.pk]))
    russian.refresh_from_db()
    assert russian.enabled


def test_work_is_given_out_in_ones_own_language(
    client, article, russian, locales, committed
):
    user = log_in(client, "Language editors: ru")
    with committed():
        submit(article, locales["en"])
    rows = VersionState.objects.filter(translation_key=article.translation_key)
    original = rows.originals().get()
    url = f"{reverse('translation_desk:assign')}?article={original.pk}"
    both = [locales["ru"].pk, locales["en"].pk]
    client.post(url, {"languages": both, "translator": user.pk})
    assert not rows.exclude(translator=None).exists()
    with committed():
        client.post(url, {"languages": both[:1], "translator": user.pk})
    assert list(rows.exclude(translator=None).values_list("locale", flat=True)) == [
        locales["ru"].pk
    ]
