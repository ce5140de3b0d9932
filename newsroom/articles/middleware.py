"""Middleware that keeps pages with the editor bar out of shared caches."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control


class EditorBarMiddleware:
    """Middleware that makes responses private if they contain the editor bar."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if getattr(request, "has_editor_bar", False):
            patch_cache_control(response, private=True)
        return response
