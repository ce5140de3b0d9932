"""Migration of an installation's files to the folders that the storages expect.

Earlier versions of the site uploaded to ``MEDIA_ROOT``, where a web server serves
everything, and named renditions after the uploaded file. Every function here can be
interrupted and run again.
"""

import filecmp
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from newsroom.files.checks import UPLOAD_FOLDERS
from newsroom.files.models import FileUse
from newsroom.files.signals import uses_rebuilt
from newsroom.files.storages import move, rendition_storage, unguessable
from newsroom.files.uses import files_of, record
from newsroom.files.visibility import for_readers, settle, settle_pictures

logger = logging.getLogger(__name__)

BATCH_SIZE = 100


def move_uploads() -> int:
    """Move uploaded files to the private folder; return the number of moved files.

    A file whose name is used there by a different file is not moved, and is logged.
    """
    count = 0
    public, private = Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_MEDIA_ROOT)
    for folder in UPLOAD_FOLDERS:
        for source in sorted((public / folder).rglob("*")):
            if not source.is_file():
                continue
            target = private / source.relative_to(public)
            if not target.exists():
                move(source, target)
                count += 1
            elif filecmp.cmp(source, target, shallow=False):
                source.unlink()
            else:
                logger.error("%s stays: %s is another file.", source, target)
    return count


def record_all_uses() -> int:
    """Record again which files all pages refer to; return how many pages have files."""
    kinds = [
        ContentType.objects.get_for_model(model)
        for model in (get_image_model(), get_document_model())
    ]
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type__in=kinds,
    )
    pks = {int(pk) for pk in references.values_list("object_id", flat=True).distinct()}
    pks |= set(FileUse.objects.filter(source="").values_list("page", flat=True))
    count = 0
    for page in in_batches(Page.objects.all()):
        if page.pk in pks:
            record(page.pk, source="", files=files_of(page))
            count += 1
    uses_rebuilt.send(None, batch_size=BATCH_SIZE)
    return count


def rename_renditions() -> int:
    """Give old renditions random private names; return the number of renamed ones.

    Renditions for the admin are deleted, since they may contain metadata; they are
    generated again when the admin shows them.
    """
    count = 0
    storage = rendition_storage()
    model = get_image_model().get_rendition_model()
    max_length = model._meta.get_field("file").max_length
    for rendition in in_batches(model.objects.all()):
        old = rendition.file.name
        if len(Path(old).parts) > 2:
            continue  # in a folder with a random name
        if not (for_readers(rendition.filter_spec) and storage.exists(old)):
            rendition.delete()
            storage.delete(old)
            continue
        new = unguessable(old, max_length)
        storage.rename_hidden(old, new)
        model.objects.filter(pk=rendition.pk).update(file=new)
        rendition.purge_from_cache()
        count += 1
    return count


def remove_leftovers() -> int:
    """Delete old renditions without a database row; return the number."""
    folder = Path(settings.MEDIA_ROOT) / "images"
    files = [path for path in folder.glob("*") if path.is_file()]
    for path in files:
        path.unlink()
    return len(files)


def settle_all() -> None:
    """Move the renditions of all pictures to the public or private folder."""
    settle()
    pks = get_image_model().objects.order_by("pk").values_list("pk", flat=True)
    batch: list[int] = []
    for pk in pks.iterator(chunk_size=BATCH_SIZE):
        batch.append(pk)
        if len(batch) == BATCH_SIZE:
            settle_pictures(batch)
            batch = []
    settle_pictures(batch)


def in_batches(rows: QuerySet[Any]) -> Iterator[Any]:
    """Yield all *rows* in primary key order, without keeping a cursor open."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH_SIZE]):
        last = batch[-1].pk  # read before the row can be deleted
        yield from batch
