"""Signal handlers that track which files pages refer to, and who may read the pages."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from newsroom.files.models import FileUse
from newsroom.files.uses import queue, queue_below, queue_page


@receiver(post_save, sender=Page)  # saved as a plain page: expired, unpublished in bulk
def follow_plain_page(instance: Page, raw: bool, **kwargs: Any) -> None:
    if not raw:
        queue_page(instance)


@receiver(post_delete, sender=FileUse)
def follow_lost_use(instance: FileUse, **kwargs: Any) -> None:
    if instance.kind == FileUse.Kind.PICTURE:
        queue([instance.object_id])


@receiver(post_page_move)
def follow_moved_page(instance: Page, **kwargs: Any) -> None:
    queue_below(instance)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def follow_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    queue_below(instance.page)


@receiver(post_save, sender=get_image_model().get_rendition_model())
def follow_new_rendition(
    instance: Any, created: bool, raw: bool, **kwargs: Any
) -> None:
    if created and not raw:
        queue([instance.image_id])
