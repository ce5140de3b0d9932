"""Handlers that record publications and changes of visibility."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, post_page_move

from newsroom.articles.index_documents import synchronise
from newsroom.articles.models import ArticlePage
from newsroom.articles.signals import version_saved
from newsroom.corrections.content import PAGE_FIELDS
from newsroom.corrections.files import record_files
from newsroom.corrections.models import Correction, PublishedVersion
from newsroom.corrections.recording import (
    mark_public_below,
    record,
    show_waiting_corrections,
)
from newsroom.files.signals import uses_rebuilt


@receiver(version_saved, sender=ArticlePage)
def keep_what_readers_see(
    instance: ArticlePage, update_fields: Any, **kwargs: Any
) -> None:
    """Record a version when a live article is saved.

    A full save is a publication. A save of a few fields may come from an instance that
    holds a draft, so the article is read from the database.
    """
    if update_fields is None and instance.live:
        record(instance)
        return
    shown = {*PAGE_FIELDS, *(f.name for f in ArticlePage._meta.local_fields)}
    if update_fields and shown & set(update_fields):
        for article in ArticlePage.objects.filter(pk=instance.pk, live=True):
            record(article)


@receiver(page_published, sender=ArticlePage)
def show_corrections_of_published(instance: ArticlePage, **kwargs: Any) -> None:
    """Show waiting corrections when an article becomes live.

    Wagtail also sends this signal for scheduled pages, which are not live yet. A
    translation whose synchronised fields are copied (``keeps_text``) still has the text
    that a waiting correction is about.
    """
    if instance.live and not instance.keeps_text:
        show_waiting_corrections(instance)


@receiver(uses_rebuilt)
def record_files_of_versions(batch_size: int, **kwargs: Any) -> None:
    """Record the files of all versions except the current one of each article."""
    later = PublishedVersion.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    )
    earlier = PublishedVersion.objects.filter(Exists(later)).order_by("pk")
    for version in earlier.iterator(chunk_size=batch_size):
        record_files(version)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def follow_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    mark_public_below(instance.page)


@receiver(post_page_move)
def follow_move(instance: Page, **kwargs: Any) -> None:
    mark_public_below(instance)


@receiver(post_save, sender=Correction)
@receiver(post_delete, sender=Correction)
def find_by_correction(instance: Correction, raw: bool = False, **kwargs: Any) -> None:
    """Update the search index, which includes the text of corrections."""
    if not raw:
        synchronise(ArticlePage.objects.filter(pk=instance.article_id))
