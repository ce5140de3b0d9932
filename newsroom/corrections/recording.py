"""Storage of published versions, in the transaction of the publication."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from newsroom.articles.index_documents import synchronise
from newsroom.articles.models import ArticlePage
from newsroom.corrections.content import content_from, content_of, digest
from newsroom.corrections.files import record_files
from newsroom.corrections.models import Correction, PublishedVersion


def record(article: ArticlePage) -> PublishedVersion | None:
    """Store a version of the live *article*; return it, or None if nothing changed.

    The caller has saved the page in the same transaction, so no other transaction can
    number versions of the article.
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
        record_files(newest)  # no longer the current version
    return version


def _newest_of_the_past(article: ArticlePage) -> PublishedVersion | None:
    """Store the versions published before versions were recorded; return the newest.

    They are read from the page log and the revisions, as far as these go back.
    """
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
    """Attach waiting corrections to the newest version of *article*."""
    waiting = Correction.objects.filter(article=article, version__isnull=True)
    if not waiting.exists():
        return
    waiting.update(version=article.published_versions.light().last())
    synchronise([article])


def mark_public_below(page: Page) -> None:
    """Mark the current versions of live public articles from *page* down as public."""
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
