"""Signal handlers that record the files of saved pages and generate renditions.

Tasks are rows of the database, so they are committed or rolled back together with the
publication.
"""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.signals import page_published

from newsroom.articles.models import ArticlePage
from newsroom.articles.pictures import layouts_using, make_pictures_later
from newsroom.articles.signals import version_saved
from newsroom.files.uses import record_page
from newsroom.pictures.tasks import make_later


@receiver(version_saved)
def record_files_of_saved_page(
    instance: Page, update_fields: Any, **kwargs: Any
) -> None:
    """Record files after a save of the whole page or of fields that affect visibility.

    Saves of only a draft's metadata, which Wagtail makes, are ignored: they change
    nothing that is shown.
    """
    if (
        update_fields is None
        or "live" in update_fields
        or set(update_fields) & _fields_with_files(instance)
    ):
        record_page(instance)


@receiver(page_published, sender=ArticlePage)
def make_pictures_of_published_article(instance: ArticlePage, **kwargs: Any) -> None:
    make_pictures_later(instance)


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


def _fields_with_files(page: Page) -> set[str]:
    """Return the names of the fields that can refer to a picture or document."""
    return {
        field.name
        for field in page._meta.get_fields()
        if hasattr(field, "extract_references") or field.many_to_one
    }
