"""Requests with characters that no database stores: refused, never an error of ours.

PostgreSQL takes no NUL, and no database takes half of a surrogate pair. Nobody types
either; programs that look for faults send them.
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
    """Answer 400 to requests whose path, cookies or headers hold what no database
    stores. Stands before all that read them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        headers = [value for value in request.META.values() if isinstance(value, str)]
        cookies = [*request.COOKIES, *request.COOKIES.values()]
        if not _are_storable([request.path_info, *headers, *cookies]):
            return error_page(request, 400)
        return self.get_response(request)


class FormGuardMiddleware:
    """Answer 400 to requests whose query or form fields hold what no database stores.

    Stands behind the check of CSRF tokens, which has read the form by then. Views that
    read their parameters tolerantly say so with the attribute ``takes_any_text``, and
    get the query as it came. Text that hides deeper, in JSON in a field, is refused
    when the database refuses it.
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
            except UnreadablePostError:  # whoever sent it has gone
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
