"""Views of earlier versions of an article, and of the differences between versions.

Sub-URLs are routed through the article's page, so they do not exist for an article that
is private, expired or unpublished.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from newsroom.articles.models import ArticlePage
from newsroom.corrections.content import article_at
from newsroom.corrections.differences import differences
from newsroom.corrections.models import PublishedVersion
from newsroom.corrections.parts import parts_of
from newsroom.corrections.reading import (
    changes_url,
    following,
    known_versions,
    listed,
    version_url,
    versions_url,
)


def version_list(request: HttpRequest, article: ArticlePage) -> HttpResponse:
    """Show every published version with its corrections."""
    context = {"page": article, "versions": listed(article)}
    return render(request, "corrections/version_list.html", context)


def earlier_version(
    request: HttpRequest, article: ArticlePage, number: int
) -> HttpResponse:
    """Show an earlier version; redirect to the article for the current one."""
    known = known_versions(article)
    version = _known(known, number)
    if version.is_current:
        return redirect(article.url)
    if not version.is_readable:
        return withdrawn(request, article)
    then = article_at(article, version)
    later = article.corrections.shown().filter(version__number__gt=number)
    context = then.get_context(request) | {
        "version": version,
        "corrected_later": list(later),
        "current_url": article.url,
        "versions_url": versions_url(article),
        "changes_url": changes_url(article, number),
    }
    return render(request, "corrections/version.html", context)


def changes(
    request: HttpRequest, article: ArticlePage, number: int, to: int | None = None
) -> HttpResponse:
    """Show the changes from one version to the next, or to version *to*."""
    known = known_versions(article)
    old = _known(known, number)
    new = following(known, number) if to is None else _known(known, to)
    if new is None or new.number <= old.number:
        raise Http404
    if not (old.is_readable and new.is_readable):
        return withdrawn(request, article)
    newest = known[-1]
    corrections = article.corrections.shown().filter(
        version__number__gt=old.number, version__number__lte=new.number
    )
    context = {
        "page": article,
        "old": old,
        "new": new,
        "is_current": new.is_current,
        "old_url": version_url(article, old.number),
        "new_url": article.url if new.is_current else version_url(article, new.number),
        "newest_url": f"{changes_url(article, old.number)}{newest.number}/",
        "versions_url": versions_url(article),
        "corrections": corrections,
        "differences": differences(
            parts_of(article_at(article, old)), parts_of(article_at(article, new))
        ),
    }
    return render(request, "corrections/changes.html", context)


def withdrawn(request: HttpRequest, article: ArticlePage) -> HttpResponse:
    """Return a 410 response for a withdrawn version."""
    context = {"page": article, "versions_url": versions_url(article)}
    return render(request, "corrections/withdrawn.html", context, status=410)


def _known(known: list[PublishedVersion], number: int) -> PublishedVersion:
    for version in known:
        if version.number == number:
            return version
    raise Http404
