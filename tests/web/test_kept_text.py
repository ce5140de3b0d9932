"""The server's part in keeping typed text: it confirms saves."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from newsroom.translation.review.actions import hand_in
from newsroom.translation.segments import segments_of
from newsroom.web.kept_text import COOKIE
from tests.translation.articles import translate
from tests.translation.conftest import (  # noqa: F401
    article,
    committed,
    sections,
    standing_sections,
    translation,
    translator,
)
from tests.translation.segments import account, url_of

NAME = "0b8a2c6e-1111-2222-3333-444455556666"


def save(client, translation, **more):  # noqa: F811
    key = segments_of(translation)[0].key
    form = {"action": "save", f"text-{key}": "Моё.", f"seen-{key}": "", **more}
    return client.post(url_of(translation), form)


def test_a_save_is_confirmed_by_a_cookie(client, translation, translator):  # noqa: F811
    response = save(client, translation, kept_text=NAME)
    assert response.cookies[COOKIE].value == NAME
    assert not response.cookies[COOKIE]["httponly"]


def test_a_save_that_failed_is_not_confirmed(client, translation, translator):  # noqa: F811
    assert COOKIE not in save(client, translation).cookies
    assert COOKIE not in save(client, translation, kept_text="a;b").cookies
    # A conflict: the page comes again with both texts.
    segment = segments_of(translation)[0]
    form = {f"text-{segment.key}": "Другое.", f"seen-{segment.key}": "Старое."}
    response = client.post(url_of(translation), {**form, "kept_text": NAME})
    assert response.status_code == 200
    assert COOKIE not in response.cookies
    client.logout()
    response = save(client, translation, kept_text=NAME)
    assert reverse("wagtailadmin_login") in response["Location"]
    assert COOKIE not in response.cookies


def test_a_text_for_what_is_in_review_is_refused_aloud_and_not_confirmed(
    client,
    translation,  # noqa: F811
    translator,  # noqa: F811
):
    translate(translation)
    hand_in(translation, user=account("other", "News editors"))
    segment = segments_of(translation)[0]
    form = {f"text-{segment.key}": "Моё.", f"seen-{segment.key}": segment.translation}
    response = client.post(
        url_of(translation), {**form, "kept_text": NAME}, follow=True
    )
    assert "It is in review" in response.content.decode()
    assert COOKIE not in client.cookies
    assert segments_of(translation)[0].translation == segment.translation


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("kk", "Форма жіберілмеді"),
        ("ru", "Форму не удалось отправить"),
        ("en", "The form could not be sent"),
    ],
)
def test_a_stale_token_is_explained_in_the_users_language(
    translation,  # noqa: F811
    code,
    words,
):
    client = Client(enforce_csrf_checks=True)
    user = account("translator", "Translators: ru")
    UserProfile.objects.filter(user=user).update(preferred_language=code)
    client.force_login(user)
    url = f"http://testserver{url_of(translation)}"
    response = client.post(url_of(translation), {"action": "save"}, HTTP_REFERER=url)
    html = response.content.decode()
    assert response.status_code == 403
    assert words in html
    assert f'lang="{code}"' in html
    assert f'href="{url}"' in html
    other = client.post(
        url_of(translation), {}, HTTP_REFERER="https://evil.example/admin/"
    )
    assert "evil.example" not in other.content.decode()


def test_long_forms_are_kept(client, translation, translator):  # noqa: F811
    html = client.get(url_of(translation)).content.decode()
    assert "data-keep" in html
    assert f'data-user="{translator.pk}"' in html
    login = Client().get(reverse("wagtailadmin_login")).content.decode()
    assert "data-kept-hint" in login
    assert 'data-user=""' in login


JSON = {"accept": "application/json"}


def test_a_background_save_without_a_session_is_refused_by_code(client, translation):  # noqa: F811
    answer = client.post(url_of(translation), {}, headers=JSON)
    assert answer.status_code == 403
    assert answer.json() == {"success": False, "error_code": "session_ended"}


def test_a_background_save_with_a_stale_token_is_refused_by_code(translation):  # noqa: F811
    client = Client(enforce_csrf_checks=True)
    client.force_login(account("translator", "Translators: ru"))
    answer = client.post(url_of(translation), {}, headers=JSON)
    assert answer.status_code == 403
    assert answer.json() == {"success": False, "error_code": "stale_token"}
