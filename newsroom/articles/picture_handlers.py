"""Record which files a saved page shows, and make the files of pictures that published
articles show.

That a task waits is a row of the database, committed with the publication or not at
all.
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
    """Follow a save of the whole page, or of fields that may decide who sees it.
    Wagtail saves the bookkeeping of drafts alone: nothing of that is shown."""
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
    """Make a picture anew that articles show, after its focal point or file changed."""
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
