"""A password alone opens nothing where a second factor exists or is required."""

import asyncio
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_otp.middleware import OTPMiddleware
from wagtail.models import PageViewRestriction

from newsroom.access.second_factors.middleware import SecondFactorMiddleware
from newsroom.access.second_factors.sessions import HALF_SIGNED_IN_SECONDS, PASSWORD_AT
from tests.access.second_factors.conftest import (
    HOME,
    LOGIN,
    PASSWORD,
    code_of,
    enter_password,
    give_app,
    is_signed_in,
    url,
)
from tests.factories import make_article, make_section

SECOND_STEP = "/admin/sign-in/second-step/"


@pytest.fixture
def half(client, editor):
    """A client whose password was right, of a user with an authenticator app."""
    give_app(editor)
    enter_password(client, editor)
    return client


def leads_to_second_step(response) -> bool:
    return response.status_code == 302 and response["Location"].startswith(SECOND_STEP)


def test_a_password_alone_leads_to_the_second_step(client, editor):
    give_app(editor)
    response = client.post(
        LOGIN, {"username": "aigerim", "password": PASSWORD, "next": "/admin/pages/"}
    )
    assert response["Location"] == "/admin/pages/"
    assert leads_to_second_step(client.get("/admin/pages/"))
    followed = client.get("/admin/pages/", follow=True)
    assert followed.request["PATH_INFO"] == SECOND_STEP
    assert 'name="next" value="/admin/pages/"' in followed.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/account/",
        "/admin/pages/",
        "/admin/users/",
        "/admin/images/",
        "/admin/api/main/pages/",
        "/admin/reports/site-history/",
    ],
)
def test_no_page_of_the_admin_opens_with_a_password_alone(half, path):
    assert leads_to_second_step(half.get(path))
    assert leads_to_second_step(half.post(path, {}))


def test_background_requests_are_refused_with_a_password_alone(half):
    response = half.get("/admin/", headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403


def test_a_background_save_says_that_the_session_has_ended(half, homes):
    article = make_article(make_section(homes["kk"]))
    response = half.post(
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        {"title": "changed"},
        headers={"accept": "application/json"},
    )
    assert response.status_code == 403
    assert response.json()["error_code"] == "session_ended"
    article.refresh_from_db()
    assert article.latest_revision.content["title"] == article.title


def test_no_draft_is_previewed_with_a_password_alone(half, homes):
    article = make_article(make_section(homes["kk"]), live=False)
    view = reverse("wagtailadmin_pages:view_draft", args=[article.pk])
    assert leads_to_second_step(half.get(view))
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    assert leads_to_second_step(half.get(preview))


@pytest.mark.parametrize("kind", ["login", "groups"])
def test_no_private_page_opens_with_a_password_alone(half, editor, homes, kind):
    article = make_article(make_section(homes["kk"]))
    restriction = PageViewRestriction.objects.create(
        page=article, restriction_type=kind
    )
    if kind == "groups":
        restriction.groups.set(editor.groups.all())
    path = article.get_url()
    assert leads_to_second_step(half.get(path))
    answer = half.post(
        f"{url('second_step')}?next={path}",
        {"code": code_of(editor.totpdevice_set.get()), "next": path},
    )
    assert answer["Location"] == path
    assert half.get(path).status_code == 200


def test_the_login_of_private_pages_is_no_way_around(client, editor):
    give_app(editor)
    login = reverse("wagtailcore_login")
    client.post(login, {"username": "aigerim", "password": PASSWORD, "next": HOME})
    assert not is_signed_in(client)
    assert leads_to_second_step(client.get(login))


@pytest.mark.parametrize("path", [LOGIN, "/_util/login/"])
def test_the_login_page_leads_on_to_the_second_step(half, path):
    response = half.get(f"{path}?next=/admin/pages/")
    assert response["Location"] == f"{SECOND_STEP}?next=%2Fadmin%2Fpages%2F"


def test_a_session_that_code_has_signed_in_is_not_signed_in(client, editor):
    """Any code that calls login(), such as single sign-on, ends at the second step."""
    give_app(editor)
    client.force_login(editor)
    assert not is_signed_in(client)
    assert leads_to_second_step(client.get(HOME))


def test_a_new_password_by_mail_is_no_way_around(client, editor):
    give_app(editor)
    uid = urlsafe_base64_encode(force_bytes(editor.pk))
    token = default_token_generator.make_token(editor)
    address = reverse("wagtailadmin_password_reset_confirm", args=[uid, token])
    form = client.get(address, follow=True).request["PATH_INFO"]
    new = "another long password 7"
    client.post(form, {"new_password1": new, "new_password2": new})
    editor.refresh_from_db()
    assert editor.check_password(new)
    assert not is_signed_in(client)
    client.post(LOGIN, {"username": "aigerim", "password": new, "next": HOME})
    assert not is_signed_in(client)


def test_changing_the_password_needs_the_second_factor_and_keeps_it(half, editor):
    new = "another long password 7"
    change = {
        "name_email-first_name": "A",
        "name_email-last_name": "B",
        "name_email-email": "a@example.kz",
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
        "password-old_password": PASSWORD,
        "password-new_password1": new,
        "password-new_password2": new,
    }
    assert leads_to_second_step(half.post("/admin/account/", change))
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)
    half.post(url("second_step"), {"code": code_of(editor.totpdevice_set.get())})
    response = half.post("/admin/account/", change)
    assert response.status_code == 302, response.context["panels_by_tab"]
    editor.refresh_from_db()
    assert editor.check_password(new)
    assert is_signed_in(half)


def test_a_factor_that_is_added_elsewhere_ends_sessions_without_one(client, editor):
    enter_password(client, editor)
    assert is_signed_in(client)
    give_app(editor)
    assert not is_signed_in(client)


def test_a_session_verified_by_a_removed_factor_is_half_signed_in(half, editor):
    app = editor.totpdevice_set.get()
    half.post(url("second_step"), {"code": code_of(app)})
    assert is_signed_in(half)
    give_app(editor)
    app.delete()
    assert not is_signed_in(half)


def test_the_factor_of_another_user_verifies_nothing(half, journalist):
    session = half.session
    session["otp_device_id"] = give_app(journalist).persistent_id
    session.save()
    assert not is_signed_in(half)


def test_an_app_that_was_never_confirmed_verifies_nothing(half, editor):
    app = editor.totpdevice_set.create(name="new", confirmed=False)
    session = half.session
    session["otp_device_id"] = app.persistent_id
    session.save()
    assert not is_signed_in(half)
    response = half.post(url("second_step"), {"code": code_of(app)})
    assert response.status_code == 200
    assert not is_signed_in(half)


def test_half_a_sign_in_ends_after_half_an_hour(half):
    session = half.session
    session[PASSWORD_AT] = time.time() - HALF_SIGNED_IN_SECONDS - 1
    session.save()
    assert half.get(LOGIN).status_code == 200
    assert half.get(url("second_step"))["Location"].startswith(LOGIN)


def result_of(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Return the result of a coroutine, run in a thread of its own.

    The event loop of the browser tests may run in this one.
    """
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(asyncio.run, coroutine).result()


def test_the_user_is_anonymous_in_asynchronous_code_too(half, editor):
    request = RequestFactory().get("/kk/")
    request.session = half.session
    assert get_user(request) == editor
    seen = []

    def view(request):
        # First, since the other thread has no connection to the tests' database.
        seen.append(request.user.is_authenticated)
        seen.append(result_of(request.auser()).is_authenticated)

    AuthenticationMiddleware(OTPMiddleware(SecondFactorMiddleware(view)))(request)
    assert seen == [False, False]


def test_signing_in_as_somebody_else_ends_the_half_session(half, editor):
    response = half.post(url("cancel"))
    assert response["Location"] == LOGIN
    assert half.get(LOGIN).status_code == 200
    assert half.get(url("cancel")).status_code == 405


def test_no_change_of_factors_opens_with_a_password_alone(half, editor):
    app = editor.totpdevice_set.get()
    for name in ("set_up", "set_up_app", "app_qr", "add_passkey", "remove_app"):
        for ask in (half.get, half.post):
            assert leads_to_second_step(ask(url(name))), name
    assert leads_to_second_step(half.post(url("recovery_codes")))
    assert leads_to_second_step(half.post(url("confirm"), {"password": PASSWORD}))
    for name in ("begin_registration", "complete_registration"):
        answer = half.post(url(name), {}, content_type="application/json")
        assert answer.status_code == 403
    assert list(editor.totpdevice_set.all()) == [app]


def test_the_second_step_leads_to_no_other_site(half, editor):
    code = code_of(editor.totpdevice_set.get())
    evil = {"code": code, "next": "https://evil.example/"}
    assert half.post(url("second_step"), evil)["Location"] == HOME


def test_a_visitor_costs_no_query_for_second_factors(db):
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(LOGIN).status_code == 200
    assert "otp_" not in str(queries.captured_queries)


def test_a_verified_user_costs_one_query_more(client, editor):
    app = give_app(editor)
    enter_password(client, editor)
    client.post(url("second_step"), {"code": code_of(app)})
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/admin/account/").status_code == 200
    asked = [query["sql"].partition("WHERE")[2] for query in queries.captured_queries]
    # The panel of the account page asks for the factors by their user.
    assert len([sql for sql in asked if '"otp_totp_totpdevice"."id" = ' in sql]) == 1
