"""The view that splits pasted HTML: its permissions and its responses."""

import json

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail.users.models import UserProfile

WORD = "<h2>Форум</h2><p>5 км<sup>2</sup></p><ul><li>бір</ul><img src='file:///a.png'>"
MANY = {
    f"{language}": words for language, words in {"kk": "сурет", "ru": "изобр"}.items()
}


def post(client, markup: str):
    return client.post(
        reverse("paste_into_article"), markup, content_type="text/html; charset=utf-8"
    )


def admin_of(name: str) -> User:
    user = User.objects.create_user(name, password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


@pytest.mark.django_db
def test_blocks_come_in_the_form_that_the_editor_inserts(client, admin_user):
    client.force_login(admin_user)
    answer = post(client, WORD).json()
    assert [block["type"] for block in answer["blocks"]] == [
        "heading",
        "paragraph",
        "list",
    ]
    (text,) = json.loads(answer["blocks"][1]["value"])["blocks"]
    assert text["text"] == "5 км2"
    assert text["inlineStyleRanges"] == [
        {"offset": 4, "length": 1, "style": "SUPERSCRIPT"}
    ]
    assert not answer["is_inline"]
    assert len(answer["messages"]) == 1
    assert post(client, "<b>сөз</b>").json()["is_inline"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", MANY)
def test_omissions_are_reported_in_the_language_of_the_user(
    client, admin_user, language
):
    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = language
    profile.save()
    client.force_login(admin_user)
    (message,) = post(client, WORD).json()["messages"]
    assert MANY[language] in message["text"]


@pytest.mark.django_db
def test_only_those_who_may_write_pages_can_ask(client):
    assert post(client, WORD).status_code == 302  # to log in
    reader = admin_of("reader")
    client.force_login(reader)
    assert post(client, WORD).status_code in (302, 403)
    writer = admin_of("writer")
    group = writer.groups.create(name="writers")
    GroupPagePermission.objects.create(
        group=group,
        page=Page.objects.get(depth=1),
        permission=Permission.objects.get(codename="add_page"),
    )
    client.force_login(writer)
    assert post(client, WORD).status_code == 200
    assert client.get(reverse("paste_into_article")).status_code == 405


@pytest.mark.django_db
def test_a_request_from_elsewhere_is_refused(admin_user):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(admin_user)
    assert post(strict, WORD).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("markup", ["<b>" * 1000, "а" * 2_000_000])
def test_markup_that_is_too_deep_or_long_is_refused_with_a_reason(
    client, admin_user, markup
):
    client.force_login(admin_user)
    answer = post(client, markup)
    assert answer.status_code == 400
    assert answer.json()["error"]
