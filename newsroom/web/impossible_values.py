"""Answering requests that name a number which no database can hold.

Forms and lists, Wagtail's too, look up whatever number an address or a form names.
SQLite and PostgreSQL refuse those beyond 64 bits; that something of such a number does
not exist is no error of the site. Nor is a picture whose file is missing or damaged.
"""

from collections.abc import Callable
from typing import Any

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import get_resolver
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

SQLITE_SAYS = "too large to convert to SQLite INTEGER"
POSTGRESQL_STATES = {"22003"}  # numeric value out of range


class ImpossibleValuesMiddleware:
    """Answer 404 where a look-up failed for such a number, 400 where a form lacks a
    field that only its own page sends, 410 where a view reads a picture's broken file
    and shows no placeholder for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if is_out_of_range(exception):
            not_found: Any = get_resolver().resolve_error_handler(404)
            return not_found(request, exception=Http404(str(exception)))
        if isinstance(exception, MultiValueDictKeyError):
            return HttpResponseBadRequest()
        if isinstance(exception, SourceImageIOError):
            text = _("The file of this picture is missing or damaged.")
            return HttpResponse(text, content_type="text/plain", status=410)
        return None


def is_out_of_range(exception: BaseException) -> bool:
    """Return whether a database has refused a number for its size."""
    if isinstance(exception, OverflowError):
        return SQLITE_SAYS in str(exception)
    state = getattr(exception.__cause__, "sqlstate", "")
    return isinstance(exception, DataError) and state in POSTGRESQL_STATES
