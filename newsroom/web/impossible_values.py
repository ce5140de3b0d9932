"""Responses to requests with integers that no database can store.

Forms and lists, including Wagtail's, look up every number that a URL or a form
contains. SQLite and PostgreSQL refuse numbers beyond 64 bits; a missing object with
such a number is no error of the site. Neither is a picture whose file is missing or
damaged.
"""

from collections.abc import Callable
from typing import Any

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import get_resolver
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from newsroom.web.handmade_forms import is_handmade

SQLITE_SAYS = "too large to convert to SQLite INTEGER"
POSTGRESQL_STATES = {"22003"}  # numeric value out of range


class ImpossibleValuesMiddleware:
    """Middleware that converts some exceptions of views to responses with a 4xx status.

    404 if a query failed because of a number out of range, 400 if a form lacks a field
    that only its own page sends, or has forged values, 410 if a view cannot read the
    file of a picture and shows no placeholder.
    """

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
        if isinstance(exception, MultiValueDictKeyError) or is_handmade(request):
            return HttpResponseBadRequest()
        if isinstance(exception, SourceImageIOError):
            text = _("The file of this picture is missing or damaged.")
            return HttpResponse(text, content_type="text/plain", status=410)
        return None


def is_out_of_range(exception: BaseException) -> bool:
    """Return whether *exception* means that a number is too large for the database."""
    if isinstance(exception, OverflowError):
        return SQLITE_SAYS in str(exception)
    state = getattr(exception.__cause__, "sqlstate", "")
    return isinstance(exception, DataError) and state in POSTGRESQL_STATES
