"""Synchronisation of search entries with what readers can see.

``post_save`` of a page is sent inside the transaction of ``Page.save``, so an entry is
committed or rolled back together with its publication.
"""

from collections.abc import Callable
from typing import Any

from django.db.models.signals import (
    ModelSignal,
    post_delete,
    post_save,
    pre_delete,
    pre_save,
)
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, TranslatableMixin
from wagtail.signals import post_page_move

from newsroom.articles.index_documents import (
    articles_about,
    key_of,
    rename,
    rename_section,
    synchronise,
)
from newsroom.articles.models import (
    ArticlePage,
    Organisation,
    Person,
    Place,
    SectionPage,
    Topic,
)
from newsroom.articles.models.entities import Entity
from newsroom.articles.signals import address_changed
from search.index import entries

Handler = Callable[..., None]

# Fields whose separate save changes what readers see. Wagtail saves metadata of a draft
# (latest_revision, draft_title …) on an instance that holds the draft.
SHOWN_FIELDS = {"live", "title", "lead", "body", "slug", "url_path", "published_at"}


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


@receiver(post_save, sender=ArticlePage)
@receiver(post_save, sender=Page)  # saved as plain pages: expired, unpublished in bulk
def synchronise_saved_article(
    instance: Page,
    raw: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    if raw:
        return
    if update_fields is None and isinstance(instance, ArticlePage):
        synchronise([instance])
    elif update_fields is None or update_fields & SHOWN_FIELDS:
        # Other fields of the instance may hold a draft, so load the live state.
        synchronise(ArticlePage.objects.filter(pk=instance.pk))


@receiver(post_delete, sender=ArticlePage)
def remove_deleted_article(instance: ArticlePage, **kwargs: Any) -> None:
    entries.remove([key_of(instance)])


@receiver(post_page_move)
def synchronise_moved_pages(instance: Page, **kwargs: Any) -> None:
    _synchronise_below(instance)


@receiver(address_changed)
def synchronise_renamed_pages(instance: Page, **kwargs: Any) -> None:
    _synchronise_below(instance)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def synchronise_restricted_pages(instance: PageViewRestriction, **kwargs: Any) -> None:
    _synchronise_below(instance.page)


def from_entities(signal: ModelSignal) -> Callable[[Handler], Handler]:
    """Return a decorator that connects a handler to *signal* of every entity model."""

    def connect(handler: Handler) -> Handler:
        for model in (Person, Organisation, Place, Topic):
            signal.connect(handler, sender=model)
        return handler

    return connect


@from_entities(post_save)
def synchronise_renamed_entity(instance: Entity, raw: bool, **kwargs: Any) -> None:
    if not raw:
        rename(instance)
        synchronise(articles_about(instance))


@from_entities(pre_delete)
def remember_articles_about_entity(instance: Any, **kwargs: Any) -> None:
    instance.articles_about = list(
        articles_about(instance).values_list("pk", flat=True)
    )


@from_entities(post_delete)
def synchronise_deleted_entity(instance: Any, **kwargs: Any) -> None:
    rename(instance)
    synchronise(ArticlePage.objects.filter(pk__in=instance.articles_about))


@receiver(post_save, sender=SectionPage)
def rename_saved_section(instance: SectionPage, raw: bool, **kwargs: Any) -> None:
    if not raw:
        rename_section(instance)


def _synchronise_below(page: Page) -> None:
    fresh = Page.objects.get(pk=page.pk)  # its path and URL may have changed
    synchronise(ArticlePage.objects.descendant_of(fresh, inclusive=True))
