"""Recording of the files that pages refer to."""

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from newsroom.files.models import FileUse, PendingPicture
from newsroom.files.visibility import settle_after_commit
from newsroom.web.primary_keys import pks_in

BATCH_SIZE = 500


class FileKey(NamedTuple):
    kind: str
    object_id: int


def files_of(page: Page) -> set[FileKey]:
    """Return the files that the stored content of *page* refers to.

    They are taken from Wagtail's reference index: fields, blocks and links in rich
    text.
    """
    kinds = {
        ContentType.objects.get_for_model(model).pk: kind
        for model, kind in (
            (get_image_model(), FileUse.Kind.PICTURE),
            (get_document_model(), FileUse.Kind.DOCUMENT),
        )
    }
    references = ReferenceIndex.get_references_for_object(page)
    found = references.filter(to_content_type__in=kinds)
    return {
        FileKey(kinds[kind], pk)
        for kind, object_id in found.values_list("to_content_type", "to_object_id")
        for pk in pks_in([object_id])
    }


def record_page(page: Page) -> None:
    """Record the files of *page*, whose row has just been saved."""
    record(page.pk, source="", files=files_of(page))
    queue_page(page)


def record(page_pk: int, *, source: str, files: Iterable[FileKey]) -> None:
    """Replace the recorded files of *source* of the page by *files*."""
    wanted = set(files)
    stored = {
        FileKey(use.kind, use.object_id): use.pk
        for use in FileUse.objects.filter(page=page_pk, source=source)
    }
    added = wanted - stored.keys()
    removed = [pk for key, pk in stored.items() if key not in wanted]
    FileUse.objects.bulk_create(
        (FileUse(page_id=page_pk, source=source, **key._asdict()) for key in added),
        batch_size=BATCH_SIZE,
        ignore_conflicts=True,
    )
    if removed:
        FileUse.objects.filter(pk__in=removed).delete()  # its signal queues them
    queue(key.object_id for key in added if key.kind == FileUse.Kind.PICTURE)


def queue_page(page: Page) -> None:
    """Queue the pictures of *page*, so that their renditions are moved if necessary."""
    _queue_uses(FileUse.objects.filter(page=page.pk))


def queue_below(page: Page) -> None:
    """Queue the pictures of *page* and of all its descendants."""
    fresh = Page.objects.filter(pk=page.pk).first()  # its path may have changed
    if fresh is not None:
        below = Page.objects.descendant_of(fresh, inclusive=True)
        _queue_uses(FileUse.objects.filter(page__in=below))


def _queue_uses(uses: QuerySet[FileUse]) -> None:
    pictures = uses.filter(kind=FileUse.Kind.PICTURE)
    queue(pictures.values_list("object_id", flat=True).distinct())


def queue(picture_pks: Iterable[int]) -> None:
    """Queue pictures whose renditions may have to be moved after the commit.

    If the transaction is rolled back, nothing is queued.
    """
    rows = [PendingPicture(object_id=pk) for pk in dict.fromkeys(picture_pks)]
    if rows:
        with transaction.atomic():
            PendingPicture.objects.bulk_create(rows, batch_size=BATCH_SIZE)
            settle_after_commit()
