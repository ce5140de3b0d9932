"""Say to the browser when what was typed in a form has been saved.

static/js/kept_text.js keeps a copy of what is typed until then. A form names its copy
in the field ``kept_text``.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.messages import constants, get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from newsroom.operations.accounts import admin_language_of

FIELD, COOKIE = "kept_text", "kept_text_saved"
NAME = re.compile(r"[0-9a-z-]{8,40}")
MAX_AGE = 600  # seconds: the next page reads it


class KeptTextMiddleware:
    """Confirm by a cookie that a form was accepted.

    A form was accepted if the answer leads on, not to the login, and no error message
    is waiting: a view that refuses says so with one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and 300 <= response.status_code < 400:
            name = request.POST.get(FIELD, "")
            if NAME.fullmatch(name) and _is_accepted(request, response):
                response.set_cookie(
                    COOKIE,
                    name,
                    max_age=MAX_AGE,
                    secure=bool(settings.SESSION_COOKIE_SECURE),
                    samesite="Lax",
                )
        return response


def _is_accepted(request: HttpRequest, response: HttpResponse) -> bool:
    path = urlsplit(response["Location"]).path
    if not request.user.is_authenticated or path == resolve_url("wagtailadmin_login"):
        return False
    waiting = getattr(get_messages(request), "_queued_messages", [])
    return all(message.level < constants.ERROR for message in waiting)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 in the user's language, with the way back to the form."""
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    code = admin_language_of(user) if is_known else translation.get_language()
    back = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    ):
        back = ""
    with translation.override(code):
        return render(
            request,
            "operations/csrf_failure.html",
            {"back": back or request.path, "user": user},
            status=403,
        )
