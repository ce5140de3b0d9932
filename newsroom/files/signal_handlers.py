"""Signal handlers that queue pictures whose uses or renditions have changed."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.images import get_image_model

from newsroom.files.models import FileUse
from newsroom.files.uses import queue


@receiver(post_delete, sender=FileUse)
def follow_lost_use(instance: FileUse, **kwargs: Any) -> None:
    if instance.kind == FileUse.Kind.PICTURE:
        queue([instance.object_id])


@receiver(post_save, sender=get_image_model().get_rendition_model())
def follow_new_rendition(
    instance: Any, created: bool, raw: bool, **kwargs: Any
) -> None:
    if created and not raw:
        queue([instance.image_id])
