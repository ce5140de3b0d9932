"""Middleware that refuses characters which no database can store.

PostgreSQL cannot store NUL, and no database can store half of a surrogate pair. Nobody
types either; vulnerability scanners send them.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.http.request import UnreadablePostError

from newsroom.web.database_errors import is_refused_text
from newsroom.web.error_pages import error_page
from search.characters import is_storable

View = Callable[..., HttpResponseBase]


class TextGuardMiddleware:
    """Middleware that refuses paths, cookies and headers that cannot be stored.

    Returns 400. Must precede all middleware that reads them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        headers = [value for value in request.META.values() if isinstance(value, str)]
        cookies = [*request.COOKIES, *request.COOKIES.values()]
        if not _are_storable([request.path_info, *headers, *cookies]):
            return error_page(request, 400)
        return self.get_response(request)


class FormGuardMiddleware:
    """Middleware that refuses query and form fields that cannot be stored.

    Returns 400. Must follow the CSRF middleware, which has parsed the form by then.
    Views that validate their parameters themselves set the attribute ``takes_any_text``
    and get the query unchecked. Text that is nested deeper, as in JSON in a field, is
    refused when the database refuses it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        texts: list[object] = []
        if not getattr(view, "takes_any_text", False):
            texts += _texts(request.GET)
        if request.method == "POST":
            try:
                texts += [*_texts(request.POST), *request.FILES]
            except UnreadablePostError:  # the client has disconnected
                return None
        said = [text for text in texts if isinstance(text, str)]
        return None if _are_storable(said) else error_page(request, 400)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        return error_page(request, 400) if is_refused_text(exception) else None


def _texts(fields: QueryDict) -> list[object]:
    return [text for name, values in fields.lists() for text in (name, *values)]


def _are_storable(texts: Iterable[str]) -> bool:
    return all(map(is_storable, texts))
