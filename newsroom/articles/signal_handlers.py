"""Keep the search's entries in step with what readers can see.

``post_save`` of a page is sent inside the transaction of ``Page.save``, so an entry
and the publication that it belongs to stand or fall together.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from newsroom.articles.models import ArticlePage, Organisation, Person, Place, Topic
from newsroom.articles.records import articles_about, key_of, synchronise
from newsroom.articles.signals import address_changed
from search import entries

# Saving one of these alone changes what readers see; Wagtail saves a draft's own
# bookkeeping (latest_revision, draft_title …) on an instance that holds the draft.
SHOWN_FIELDS = {"live", "title", "lead", "body", "slug", "url_path", "published_at"}


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
        # The rest of the instance may be a draft: the database knows what is shown.
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


@receiver(post_save, sender=Person)
@receiver(post_save, sender=Organisation)
@receiver(post_save, sender=Place)
@receiver(post_save, sender=Topic)
def synchronise_renamed_entity(
    instance: Any, raw: bool, created: bool, **kwargs: Any
) -> None:
    if not raw:
        synchronise(articles_about(instance))


@receiver(pre_delete, sender=Person)
@receiver(pre_delete, sender=Organisation)
@receiver(pre_delete, sender=Place)
@receiver(pre_delete, sender=Topic)
def remember_articles_about_entity(instance: Any, **kwargs: Any) -> None:
    instance.articles_about = list(
        articles_about(instance).values_list("pk", flat=True)
    )


@receiver(post_delete, sender=Person)
@receiver(post_delete, sender=Organisation)
@receiver(post_delete, sender=Place)
@receiver(post_delete, sender=Topic)
def synchronise_deleted_entity(instance: Any, **kwargs: Any) -> None:
    synchronise(ArticlePage.objects.filter(pk__in=instance.articles_about))


def _synchronise_below(page: Page) -> None:
    fresh = Page.objects.get(pk=page.pk)  # its path and address may have changed
    synchronise(ArticlePage.objects.descendant_of(fresh, inclusive=True))
