"""A cookie for browsers in which somebody has signed in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from newsroom.accounts.lockout.clients import trust_device


class KnownBrowserMiddleware:
    """Set the cookie that tells a known browser, in the response to a sign-in only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if name := getattr(request, "trusted_name", None):
            trust_device(request, response, name)
        return response
