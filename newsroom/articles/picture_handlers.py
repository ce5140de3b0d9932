"""Have the files of pictures made when articles that show them are published.

That a task waits is a row of the database, committed with the publication or not at
all.
"""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.signals import page_published

from newsroom.articles.models import ArticlePage
from newsroom.articles.pictures import layouts_using, make_pictures_later
from newsroom.pictures.tasks import make_later


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
