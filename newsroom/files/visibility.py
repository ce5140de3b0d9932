"""Visibility of files, and the move of renditions to the public or private folder.

A file is public while published content that anybody can read refers to it: a live page
without a view restriction on itself or its ancestors, or an earlier version of such a
page that readers can still open. One such page, in any language, suffices.
"""

import logging
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Page

from newsroom.files.models import FileUse, PendingPicture
from newsroom.files.storages import rendition_storage

logger = logging.getLogger(__name__)

# Number of pictures (29 files each) that a request moves after its transaction. For a
# section with more pictures, the worker moves the rest within seconds.
SETTLED_BY_REQUEST = 50
SETTLED_AT_ONCE = 50


def public_pictures(pks: Collection[int]) -> set[int]:
    """Return those of the pictures *pks* that are public. Runs one query."""
    uses = FileUse.objects.filter(kind=FileUse.Kind.PICTURE, object_id__in=pks)
    public = uses.filter(page__in=Page.objects.live().public())
    return set(public.values_list("object_id", flat=True))


def for_readers(spec: str) -> bool:
    """Return whether public pages use this filter; the admin's own are never public."""
    return "plain" in spec.split("|")


def settle_after_commit() -> None:
    """Move pending pictures once the transaction, if any, is committed."""
    transaction.on_commit(_settle_quietly)


def _settle_quietly() -> None:
    try:
        settle(SETTLED_BY_REQUEST)
    except Exception:  # the change is committed; the worker retries
        logger.exception("Files of pictures could not be moved.")


def settle(limit: int | None = None) -> int:
    """Move the renditions of at most *limit* pending pictures; return their number.

    Safe to run concurrently in several processes. *limit* and the result count
    pictures.
    """
    count = 0
    while limit is None or count < limit:
        size = SETTLED_AT_ONCE if limit is None else min(SETTLED_AT_ONCE, limit - count)
        with transaction.atomic():
            rows = PendingPicture.objects.order_by("pk")
            found = dict(rows.values_list("pk", "object_id")[:size])
            if not found:
                break
            settle_pictures(set(found.values()))
            PendingPicture.objects.filter(pk__in=found).delete()
        count += len(found)
    return count


def settle_pictures(pks: Collection[int]) -> set[int]:
    """Move the renditions of the pictures *pks* now; return those that are public.

    The rows of the pictures are locked before their visibility is queried, so that the
    later of two processes sees what the earlier one has committed.
    """
    model = get_image_model()
    with transaction.atomic():
        images = model.objects.filter(pk__in=pks).order_by("pk")
        list(images.select_for_update().values_list("pk", flat=True))
        public = public_pictures(pks)
        storage = rendition_storage()
        for name, spec, pk in _renditions(pks):
            if pk in public and for_readers(spec):
                storage.show(name)
            else:
                storage.hide(name)
    return public


def show_if_public(image: Any, renditions: Iterable[Any]) -> None:
    """Make *renditions* of *image* public if the image is public.

    A page that shows the image may be rendered before its files have been moved. Runs
    no query if they are public already, and one if the picture is not public.
    """
    storage = rendition_storage()
    if all(storage.is_public(rendition.file.name) for rendition in renditions):
        return
    if image.pk in public_pictures([image.pk]):
        settle_pictures([image.pk])


def _renditions(pks: Collection[int]) -> Any:
    renditions = get_image_model().get_rendition_model().objects
    rows = renditions.filter(image__in=pks)
    return rows.values_list("file", "filter_spec", "image_id").iterator()
