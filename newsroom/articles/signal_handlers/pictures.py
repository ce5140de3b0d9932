"""Signal handler that generates renditions when a picture of an article changes."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.images import get_image_model

from newsroom.articles.models import ArticlePage
from newsroom.articles.pictures import layouts_using
from newsroom.pictures.tasks import make_later


@receiver(post_save, sender=get_image_model())
def make_changed_picture(
    instance: Any,
    created: bool,
    raw: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    """Schedule new renditions of a picture that articles show, after it changed.

    A new focal point or a new file is such a change.
    """
    if created or raw or update_fields is not None:
        return
    if layouts := layouts_using(instance, ArticlePage):
        make_later(instance.pk, layouts)
