"""Error pages that need no database, in the languages of the site."""

import sys
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.defaults import server_error as unknown_error

from newsroom.transliteration.editions import edition_at, kazakh_path
from newsroom.web.database_errors import is_database_away, is_refused_text
from search.site_languages import site_languages

# Value of ``Retry-After`` for browsers, feed readers and robots. A database restarts in
# less time; clients that wait longer than requested spread the load.
RETRY_AFTER_SECONDS = 30

_TEXTS = {
    400: (
        gettext_noop("This request cannot be understood"),
        gettext_noop("It holds characters that no text has."),
    ),
    503: (
        gettext_noop("The site is unavailable for a moment"),
        gettext_noop(
            "The archive is being restarted or is overloaded. Please try again in a few"
            " minutes. If you have just sent a form, go back in your browser and send"
            " it again."
        ),
    ),
}


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """Return an error response with *status* 400 or 503, without database queries.

    The language of the URL comes first, all others below. Programs get JSON or plain
    text.
    """
    title, text = _TEXTS[status]
    if status == 503:
        # Data of the failed transaction must not be saved to the session now.
        request.session = {}  # type: ignore[assignment]
    response = _response(request, status, lambda: (gettext(title), gettext(text)))
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def too_many_requests(request: HttpRequest, seconds: int) -> HttpResponse:
    """Return a response with status 429 that asks to wait for *seconds*.

    The database is not queried. Languages and formats are those of :func:`error_page`.
    """
    minutes = -(-seconds // 60)

    def said() -> tuple[str, str]:
        wait = ngettext(
            "Please try again in %(count)d second.",
            "Please try again in %(count)d seconds.",
            seconds,
        ) % {"count": seconds}
        if minutes > 1:
            wait = ngettext(
                "Please try again in %(count)d minute.",
                "Please try again in %(count)d minutes.",
                minutes,
            ) % {"count": minutes}
        why = gettext(
            "More requests came from your network than the archive answers at once."
            " Everybody who uses the same connection is counted together."
        )
        articles = gettext("Articles can be read as usual.")
        return gettext("Too many requests"), f"{why} {wait} {articles}"

    response = _response(request, 429, said)
    response["Retry-After"] = str(seconds)
    return response


def _response(
    request: HttpRequest, status: int, said: Callable[[], tuple[str, str]]
) -> HttpResponse:
    """Return a response with the title and the text that *said* returns.

    It is called once in each language that is shown.
    """
    kind = _kind(request)
    languages = _languages(request)
    sections = []
    for code in languages if kind == "html" else languages[:1]:
        with translation.override(code):
            sections.append((code, *said()))
    _code, title, text = sections[0]
    if kind == "json":
        response: HttpResponse = JsonResponse(
            {"error": title, "detail": text},
            status=status,
            json_dumps_params={"ensure_ascii": False},
        )
    elif kind == "text":
        response = HttpResponse(
            f"{title}. {text}\n",
            status=status,
            content_type="text/plain; charset=utf-8",
        )
    else:
        context = {"title": title, "sections": sections, "first": languages[0]}
        response = HttpResponse(
            render_to_string("errors/error_page.html", context), status=status
        )
    response["Content-Language"] = languages[0]
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the response to an unhandled exception: ``handler500``.

    The status is 503 if the database is unavailable, 400 if it refuses text of the
    request, and 500 otherwise.
    """
    error = sys.exc_info()[1]
    if is_database_away(error):
        return error_page(request, 503)
    if is_refused_text(error):
        return error_page(request, 400)
    return unknown_error(request)


def _kind(request: HttpRequest) -> str:
    """Return the format that the client can read: "html", "json" or "text"."""
    path = request.path_info
    if path.endswith((".atom", ".xml", ".rss", ".txt")):
        return "text"
    accepted = request.headers.get("Accept", "")
    asks_by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    if path.endswith(".json") or "/suggestions/" in path or "/api/" in path:
        return "json"
    wants_json = "application/json" in accepted and "text/html" not in accepted
    return "json" if asks_by_script or wants_json else "html"


def _languages(request: HttpRequest) -> Sequence[str]:
    """Return all languages of the site, that of the URL or the browser first."""
    codes = site_languages()
    path = request.path_info
    if edition_at(path):
        path = kazakh_path(path)
    first = translation.get_language_from_path(path)
    first = first or translation.get_language_from_request(request)
    return sorted(codes, key=lambda code: code != first)


class DatabaseAwayMiddleware:
    """Middleware that returns 503 if a view fails as the database is unavailable.

    The response has a ``Retry-After`` header. Errors in other middleware reach
    ``handler500``, which does the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        return error_page(request, 503) if is_database_away(exception) else None
