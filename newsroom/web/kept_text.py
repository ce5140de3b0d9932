"""Confirmation to the browser that the text typed in a form has been saved.

static/js/kept_text.js keeps a copy of the text until then. A form names its copy in the
field ``kept_text``.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.messages import constants, get_messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from newsroom.access.accounts import admin_language_of

FIELD, COOKIE = "kept_text", "kept_text_saved"
NAME = re.compile(r"[0-9a-z-]{8,40}")
MAX_AGE = 600  # seconds: the next page reads it
# Reasons why a background save was refused, for static/js/kept_text.js: Wagtail's
# editor treats an unexpected response as a server error.
SESSION_ENDED, STALE_TOKEN = "session_ended", "stale_token"


class KeptTextMiddleware:
    """Middleware that confirms by a cookie that a form was accepted.

    A form was accepted if the response redirects, but not to the login page, and no
    error message is queued: a view that refuses a form queues one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and 300 <= response.status_code < 400:
            if not request.accepts("text/html") and _is_login(response):
                return _not_saved(SESSION_ENDED)
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


def _is_login(response: HttpResponse) -> bool:
    """Return whether *response* redirects to the login page of the admin."""
    return urlsplit(response["Location"]).path == resolve_url("wagtailadmin_login")


def _not_saved(code: str) -> JsonResponse:
    """Return a response with status 403 and the reason *code* to a background save."""
    return JsonResponse({"success": False, "error_code": code}, status=403)


def _is_accepted(request: HttpRequest, response: HttpResponse) -> bool:
    if not request.user.is_authenticated or _is_login(response):
        return False
    waiting = getattr(get_messages(request), "_queued_messages", [])
    return all(message.level < constants.ERROR for message in waiting)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return a 403 page in the user's language, with a link back to the form."""
    if not request.accepts("text/html"):
        return _not_saved(STALE_TOKEN)
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
            "web/csrf_failure.html",
            {"back": back or request.path, "user": user},
            status=403,
        )
