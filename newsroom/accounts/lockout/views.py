"""The page that says that sign-in is locked, and the page behind the mailed link."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from newsroom.access import audit
from newsroom.access.audit import record
from newsroom.accounts.lockout.clients import trust_device
from newsroom.accounts.lockout.handler import lock_on, name_in, release
from newsroom.accounts.lockout.mail import lock_behind

TOO_MANY_REQUESTS = 429


def locked_out(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show until when sign-in is locked, in the same words for any name.

    Scripts, which ask for passkeys in JSON, get an answer in JSON.
    """
    lock = lock_on(request, name_in(request, credentials))
    response: HttpResponse
    if request.content_type == "application/json":
        response = JsonResponse(
            {
                "detail": _("Too many failed sign-ins: try again later."),
                "code": "locked_out",
            },
            status=TOO_MANY_REQUESTS,
        )
    else:
        response = render(
            request,
            "accounts/locked.html",
            {"until": lock and lock.until},
            status=TOO_MANY_REQUESTS,
        )
    if lock:
        seconds = (lock.until - timezone.now()).total_seconds()
        response["Retry-After"] = str(max(1, int(seconds) + 1))
    response["Cache-Control"] = "no-store"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def release_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Release an account by the mailed link, after a click: mail filters open links."""
    found = lock_behind(token)
    if found is None:
        return render(request, "accounts/release.html", {"is_over": True}, status=410)
    user, lock = found
    if request.method != "POST":
        return render(request, "accounts/release.html", {"username": user})
    name = lock.username
    release(name)
    record(audit.LOCK_OUT_RELEASE, user, request=request, kind="mail")
    messages.success(request, _("Sign-in is released. You can sign in now."))
    response = redirect("wagtailadmin_login")
    trust_device(request, response, name)
    response["Referrer-Policy"] = "no-referrer"
    return response
