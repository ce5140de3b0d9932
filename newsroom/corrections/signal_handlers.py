"""Handlers that keep search and the uses of files in step with corrections."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from newsroom.articles.index_documents import synchronise
from newsroom.articles.models import ArticlePage
from newsroom.corrections.files import record_files
from newsroom.corrections.models import Correction, PublishedVersion
from newsroom.files.signals import uses_rebuilt


@receiver(uses_rebuilt)
def record_files_of_versions(batch_size: int, **kwargs: Any) -> None:
    """Record the files of all versions except the current one of each article."""
    later = PublishedVersion.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    )
    earlier = PublishedVersion.objects.filter(Exists(later)).order_by("pk")
    for version in earlier.iterator(chunk_size=batch_size):
        record_files(version)


@receiver(post_save, sender=Correction)
@receiver(post_delete, sender=Correction)
def find_by_correction(instance: Correction, raw: bool = False, **kwargs: Any) -> None:
    """Update the search index, which includes the text of corrections."""
    if not raw:
        synchronise(ArticlePage.objects.filter(pk=instance.article_id))
