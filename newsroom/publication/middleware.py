"""Middleware that turns a refused publication into a message."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin import messages

from newsroom.articles.refusals import PublicationRefused


class RefusalMiddleware:
    """Middleware that shows why a publication was refused, for every admin view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        home = reverse("wagtailadmin_home")
        is_refusal = isinstance(exception, PublicationRefused)
        if not is_refusal or not request.path.startswith(home):
            return None
        for text in exception.messages:  # type: ignore[attr-defined]
            messages.error(request, text)
        back = _referrer(request) or home
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # Wagtail's dialogs expect this response and load its URL.
            return JsonResponse({"step": "success", "redirect": back})
        return redirect(back)


def _referrer(request: HttpRequest) -> str:
    """Return the URL of the referring page of this site; "" if unknown."""
    url = request.headers.get("referer", "")
    is_own = url_has_allowed_host_and_scheme(
        url, {request.get_host()}, require_https=request.is_secure()
    )
    return url if is_own else ""
