"""Keep what is published, in the transaction that publishes it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from newsroom.articles.models import ArticlePage
from newsroom.articles.records import synchronise
from newsroom.corrections.content import content_from, content_of, digest
from newsroom.corrections.files import record_files
from newsroom.corrections.models import Correction, PublishedVersion


def record(article: ArticlePage) -> PublishedVersion | None:
    """Keep *article*, which is live, as readers see it now; return the new version,
    or None where the newest one says the same.

    The caller has saved the page in the same transaction, so nobody else can be
    numbering versions of it.
    """
    versions = article.published_versions.light()
    newest = versions.last() or _newest_of_the_past(article)
    content = content_of(article)
    fingerprint = digest(content)
    is_public = not article.get_view_restrictions().exists()
    if newest and newest.digest == fingerprint:
        if is_public and not newest.was_public:
            PublishedVersion.objects.filter(pk=newest.pk).update(was_public=True)
        return None
    version = PublishedVersion.objects.create(
        article=article,
        number=newest.number + 1 if newest else 1,
        published_at=article.last_published_at or timezone.now(),
        content=content,
        digest=fingerprint,
        was_public=is_public,
    )
    if newest:
        record_files(newest)  # an earlier version from now on
    return version


def _newest_of_the_past(article: ArticlePage) -> PublishedVersion | None:
    """Keep what was published of *article* before anything was kept, as far as its log
    and its revisions go back; return the newest."""
    newest = None
    is_public = not article.get_view_restrictions().exists()
    for published_at, content in _past(article):
        fingerprint = digest(content)
        if newest and newest.digest == fingerprint:
            continue
        if newest:
            record_files(newest)
        newest = PublishedVersion.objects.create(
            article=article,
            number=newest.number + 1 if newest else 1,
            published_at=published_at,
            content=content,
            digest=fingerprint,
            was_public=is_public,
        )
    return newest


def _past(article: ArticlePage) -> Iterator[tuple[Any, dict[str, Any]]]:
    entries = PageLogEntry.objects.filter(
        page=article.pk, action="wagtail.publish", revision__isnull=False
    )
    for entry in entries.select_related("revision").order_by("timestamp", "pk"):
        yield entry.timestamp, content_from(entry.revision.content)


def show_waiting_corrections(article: ArticlePage) -> None:
    """Show the corrections that waited for *article* to be published, with its newest
    version."""
    waiting = Correction.objects.filter(article=article, version__isnull=True)
    if not waiting.exists():
        return
    waiting.update(version=article.published_versions.light().last())
    synchronise([article])


def mark_public_below(page: Page) -> None:
    """Note that anybody can read the live articles at and below *page* now, but for
    the private ones."""
    fresh = Page.objects.get(pk=page.pk)  # it may have been moved
    articles = ArticlePage.objects.descendant_of(fresh, inclusive=True).live().public()
    newest = (
        PublishedVersion.objects.filter(article__in=articles.values("pk"))
        .values("article")
        .annotate(newest=Max("pk"))
    )
    PublishedVersion.objects.filter(
        pk__in=newest.values("newest"), was_public=False
    ).update(was_public=True)
