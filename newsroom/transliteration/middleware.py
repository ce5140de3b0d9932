"""Middleware that serves Kazakh pages in two other scripts, at their own URLs."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.urls import get_script_prefix

from newsroom.transliteration.editions import (
    LANGUAGE,
    ScriptEdition,
    edition_at,
    in_edition,
    kazakh_path,
)
from newsroom.transliteration.feeds import convert_feed
from newsroom.transliteration.kept_texts import KeptText, kept_texts, key_of
from newsroom.transliteration.markup import convert_page
from newsroom.transliteration.text import converted_text

SUGGESTIONS = "search_suggestions"
"""URL name of the only JSON response whose text the pages' script shows to readers."""

VERSION = "2"
"""Part of entity tags; increment it when the conversion of a page changes."""


class ScriptEditionMiddleware:
    """Middleware that serves ``/kk-latn/…`` and ``/kk-arab/…`` by converting ``/kk/…``.

    Inner middleware and views see a request for the Kazakh page, and
    ``request.script_edition``; outer middleware see the original request. Responses
    that are HTML or Atom feeds in Kazakh are converted, as are the JSON search
    suggestions, and redirects to Kazakh pages lead to the edition. All other responses
    are unchanged.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        edition = edition_at(request.path_info)
        if edition is None:
            return self.get_response(request)
        if not request.path_info.startswith(f"/{edition.prefix}"):
            return HttpResponsePermanentRedirect(_in_lower_case(request, edition))
        with _as_kazakh(request, edition):
            response = self.get_response(request)
            _convert(request, response, edition)
        return response


def _in_lower_case(request: HttpRequest, edition: ScriptEdition) -> str:
    address = request.get_full_path()
    start = len(get_script_prefix())
    return address[:start] + edition.prefix + address[start + len(edition.prefix) :]


@contextmanager
def _as_kazakh(request: HttpRequest, edition: ScriptEdition) -> Iterator[None]:
    """Change the paths of *request* to the Cyrillic page within the context."""
    path, path_info = request.path, request.path_info
    tag = request.META.get("HTTP_IF_NONE_MATCH")
    request.path_info = kazakh_path(path_info)
    request.path = path.removesuffix(path_info) + request.path_info
    request.script_edition = edition  # type: ignore[attr-defined]
    if tag:
        request.META["HTTP_IF_NONE_MATCH"] = tag.replace(_tag_mark(edition), "")
    try:
        yield
    finally:
        request.path, request.path_info = path, path_info
        if tag:
            request.META["HTTP_IF_NONE_MATCH"] = tag


def _convert(
    request: HttpRequest, response: HttpResponseBase, edition: ScriptEdition
) -> None:
    host = request.get_host()
    if "Location" in response:
        response["Location"] = in_edition(response["Location"], edition, host)
    if "ETag" in response:
        tag = response["ETag"].removesuffix('"')
        response["ETag"] = f'{tag}{_tag_mark(edition)}"'
    if not isinstance(response, HttpResponse) or "Content-Encoding" in response:
        return
    if response.get("Content-Language") == LANGUAGE:
        response["Content-Language"] = edition.lang
    kind = response.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind == "text/html":
        text = response.content.decode(response.charset)
        page = _converted(request, text, edition, host)
        response.content = page.encode(response.charset)
    elif kind == "application/atom+xml" and response.content:
        response.content = convert_feed(response.content, edition, host)
    elif kind == "application/json" and _name_of(request) == SUGGESTIONS:
        answer = _suggestions(json.loads(response.content), edition)
        response.content = json.dumps(answer, ensure_ascii=False)
    else:
        return
    if "Content-Length" in response:
        response["Content-Length"] = str(len(response.content))


def _converted(
    request: HttpRequest, page: str, edition: ScriptEdition, host: str
) -> str:
    """Return *page* in the edition's script, converted once for each process.

    What a user who is signed in sees is not kept.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return convert_page(page, edition, host)
    key = key_of((edition.prefix, host, page))
    kept = kept_texts.get(key)
    if kept is None:
        kept = KeptText(convert_page(page, edition, host))
        kept_texts.put(key, kept)
    return kept.text


def _tag_mark(edition: ScriptEdition) -> str:
    return f"-{edition.prefix}-{VERSION}"


def _name_of(request: HttpRequest) -> str | None:
    match = request.resolver_match
    return match.url_name if match else None


def _suggestions(answer: dict[str, Any], edition: ScriptEdition) -> dict[str, Any]:
    """Return the search suggestions in the edition's script; foreign names are kept."""
    lines = [_line(line, edition) for line in answer["suggestions"]]
    announcement = converted_text(answer["announcement"], edition)
    return answer | {"suggestions": lines, "announcement": announcement}


def _line(line: dict[str, str], edition: ScriptEdition) -> dict[str, str]:
    changed = {
        "url": in_edition(line["url"], edition),
        "label": converted_text(line["label"], edition),
    }
    if line["language"] == LANGUAGE:
        changed |= {
            "text": converted_text(line["text"], edition),
            "language": edition.lang,
        }
    return line | changed
