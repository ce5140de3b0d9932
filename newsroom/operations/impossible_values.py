"""Answering requests that name a number which no database can hold.

Forms and lists, Wagtail's too, look up whatever number an address or a form names.
SQLite and PostgreSQL refuse those beyond 64 bits; that something of such a number does
not exist is no error of the site.
"""

from collections.abc import Callable

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.datastructures import MultiValueDictKeyError

from newsroom.articles.views import page_not_found

SQLITE_SAYS = "too large to convert to SQLite INTEGER"
POSTGRESQL_STATES = {"22003"}  # numeric value out of range


class ImpossibleValuesMiddleware:
    """Answer 404 where a look-up failed for such a number, 400 where a form lacks a
    field that only its own page sends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if is_out_of_range(exception):
            return page_not_found(request, Http404(str(exception)))
        if isinstance(exception, MultiValueDictKeyError):
            return HttpResponseBadRequest()
        return None


def is_out_of_range(exception: BaseException) -> bool:
    """Whether a database has refused a number for its size."""
    if isinstance(exception, OverflowError):
        return SQLITE_SAYS in str(exception)
    state = getattr(exception.__cause__, "sqlstate", "")
    return isinstance(exception, DataError) and state in POSTGRESQL_STATES
