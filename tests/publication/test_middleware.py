"""A refused publication becomes a message in every view of the admin."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from newsroom.articles.refusals import PublicationRefused, Reason
from newsroom.publication.middleware import RefusalMiddleware
from tests.publication.messages import messages_of

REFUSED = PublicationRefused([Reason("a", "No lead."), Reason("b", "No picture.")])


def answer(request, exception=REFUSED):
    return RefusalMiddleware(lambda _: HttpResponse()).process_exception(
        request, exception
    )


def test_a_request_without_refusal_is_passed_on(ask):
    request = ask()
    asked = []
    middleware = RefusalMiddleware(lambda one: asked.append(one) or HttpResponse("x"))
    assert middleware(request).content == b"x"
    assert asked == [request]


def test_each_reason_is_a_message_and_the_browser_returns_to_the_referrer(ask):
    request = ask("/admin/pages/3/edit/", HTTP_REFERER="http://testserver/admin/x/?p=2")
    response = answer(request)
    assert messages_of(request) == [("error", "No lead."), ("error", "No picture.")]
    assert (response.status_code, response.url) == (
        302,
        "http://testserver/admin/x/?p=2",
    )


@pytest.mark.parametrize(
    ("referrer", "secure"),
    [
        (None, False),
        ("https://example.org/admin/", False),
        ("javascript:alert(1)", False),
        ("http://testserver/admin/x/", True),
    ],
    ids=["none", "other site", "script", "unencrypted page of an encrypted site"],
)
def test_an_unknown_referrer_redirects_to_the_dashboard(ask, referrer, secure):
    headers = {} if referrer is None else {"HTTP_REFERER": referrer}
    response = answer(ask("/admin/pages/3/edit/", secure=secure, **headers))
    assert (response.status_code, response.url) == (302, "/admin/")


def test_an_encrypted_referrer_of_an_encrypted_site_is_used(ask):
    referrer = "https://testserver/admin/x/"
    response = answer(ask(secure=True, HTTP_REFERER=referrer))
    assert response.url == referrer


def test_a_dialog_of_wagtail_gets_the_url_as_json(ask):
    referrer = "http://testserver/admin/x/"
    request = ask(HTTP_REFERER=referrer, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    response = answer(request)
    assert response.status_code == 200
    assert json.loads(response.content) == {"step": "success", "redirect": referrer}
    assert len(messages_of(request)) == 2


@pytest.mark.parametrize(
    ("url", "exception"),
    [("/kk/", REFUSED), ("/admin/", ValidationError("x")), ("/kk/", ValueError())],
    ids=["outside the admin", "another error in the admin", "another error outside"],
)
def test_other_failures_are_left_to_django(ask, url, exception):
    request = ask(url)
    assert answer(request, exception) is None
    assert messages_of(request) == []
