"""Receivers of the signals of Django and Wagtail about pages.

They only call :mod:`newsroom.articles.publishing`, which says what happens and in which
order. ``pre_save`` and ``post_save`` of a page are sent inside the transaction of
``Page.save``.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, TranslatableMixin
from wagtail.signals import page_published, page_unpublished, post_page_move

from newsroom.articles.models import ArticlePage
from newsroom.articles.models.localized_page import LocalizedPage
from newsroom.articles.publishing import Event, is_publication, page_saved, run


@receiver(pre_save)
def normalise_translation_key(instance: Any, **kwargs: Any) -> None:
    """Convert the translation key to a UUID before a row is saved.

    Django stores a string as the same UUID, but the instance keeps the string. Later
    lookups of the instance's key among keys read from the database would then fail.
    Raises ValidationError if the key is no UUID.
    """
    if isinstance(instance, TranslatableMixin):
        field = instance._meta.get_field("translation_key")
        instance.translation_key = field.to_python(instance.translation_key)


@receiver(pre_save, sender=ArticlePage)
def before_article_is_saved(
    instance: ArticlePage,
    raw: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    """Run the steps before any save that publishes, whichever code path triggers it."""
    if not raw and is_publication(instance, update_fields):
        run(Event.PUBLISHING, instance)


@receiver(post_save, sender=Page)
def plain_page_saved(
    instance: Page, raw: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """Handle a save as an instance of Page: expired, unpublished in bulk, moved."""
    if not raw and issubclass(instance.specific_class or Page, LocalizedPage):
        page_saved(instance, update_fields)


@receiver(page_published)
def page_was_published(instance: Page, **kwargs: Any) -> None:
    run(Event.PUBLISHED, instance)


@receiver(page_unpublished)
def page_was_unpublished(instance: Page, **kwargs: Any) -> None:
    run(Event.UNPUBLISHED, instance)


@receiver(post_page_move)
def page_was_moved(instance: Page, **kwargs: Any) -> None:
    run(Event.MOVED, instance)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    run(Event.RESTRICTED, instance.page)


@receiver(pre_delete, sender=Page)
def page_is_being_deleted(
    instance: Page, using: str, origin: Any = None, **kwargs: Any
) -> None:
    run(Event.DELETING, instance, using=using, origin=origin)


@receiver(post_delete, sender=ArticlePage)
def article_was_deleted(instance: ArticlePage, **kwargs: Any) -> None:
    run(Event.DELETED, instance)
