"""Articles by number: redirects to their pages, and citation files."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from newsroom.archive.citations import bibtex, citation_of, ris
from newsroom.archive.permalinks import GoneError, preferred, readable_versions
from newsroom.articles.models import ArticlePage
from newsroom.web.downloads import attachment

View = Callable[..., HttpResponse]
STYLES = {
    "bibtex": (bibtex, "application/x-bibtex; charset=utf-8", "bib"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8", "ris"),
}


def _gone_answers_410(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except GoneError:
            return render(request, "archive/gone.html", status=410)

    return answered


@require_safe
@_gone_answers_410
def article(request: HttpRequest, number: int) -> HttpResponse:
    """Redirect to the version in the reader's preferred language, or the original."""
    versions = readable_versions(number)
    if not versions:
        return _not_found(request, {})
    accepted = request.headers.get("Accept-Language", "")
    response = HttpResponseRedirect(preferred(versions, accepted).url)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@_gone_answers_410
def version(request: HttpRequest, number: int, language: str) -> HttpResponse:
    """Redirect to the article in *language*, or show the languages that exist."""
    versions = readable_versions(number)
    if language not in versions:
        return _not_found(request, versions)
    return HttpResponseRedirect(versions[language].url)


@require_safe
@_gone_answers_410
def cite(request: HttpRequest, number: int, language: str, style: str) -> HttpResponse:
    """Return the citation of a version as a file, in BibTeX or RIS."""
    versions = readable_versions(number)
    if language not in versions:
        return _not_found(request, versions)
    write, content_type, extension = STYLES[style]
    citation = citation_of(versions[language], number, request.build_absolute_uri)
    name = f"article-{number}-{language}.{extension}"
    response = attachment(write(citation), name, content_type)
    response["X-Robots-Tag"] = "noindex"
    return response


def _not_found(request: HttpRequest, versions: dict[str, ArticlePage]) -> HttpResponse:
    """Return a 404 response that lists the languages that exist."""
    context = {"language_versions": list(versions.values())}
    response = render(request, "404.html", context, status=404)
    # Permalinks have no language prefix. With this urlconf, Django's LocaleMiddleware
    # does not redirect to a URL with one.
    request.urlconf = "newsroom.archive.permalink_urls"  # type: ignore[attr-defined]
    return response
