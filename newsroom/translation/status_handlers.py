"""Handlers that update the version states in the transaction of each change."""

from typing import Any
from uuid import UUID

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale, Page, Revision, WorkflowState
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)

from newsroom.articles.models import ArticlePage
from newsroom.publication.models import RefusedPublication
from newsroom.publication.signals import publication_refused
from newsroom.translation.models import (
    SourceSnapshot,
    TranslationStatus,
    UnfinishedText,
)
from newsroom.translation.sources import refresh_source_from_draft
from newsroom.translation.status.counting import count, counted_once, rebuild
from newsroom.translation.synchronisation.source_snapshots import remember


@receiver(post_save, sender=Revision)
@receiver(post_delete, sender=Revision)
def follow_schedule(
    instance: Revision, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """Count the article of a revision whose schedule has changed."""
    concerns_schedule = instance.approved_go_live_at is not None or (
        update_fields is not None and "approved_go_live_at" in update_fields
    )
    model = instance.content_type.model_class()
    if concerns_schedule and model and issubclass(model, ArticlePage):
        articles = ArticlePage.objects.filter(pk=instance.object_id)
        for key in articles.values_list("translation_key", flat=True):
            count(key)


@receiver(post_save, sender=RefusedPublication)
@receiver(post_delete, sender=RefusedPublication)
def follow_refusal(instance: RefusedPublication, **kwargs: Any) -> None:
    articles = ArticlePage.objects.filter(pk=instance.page_id)
    for key in articles.values_list("translation_key", flat=True):
        count(key)


@receiver(publication_refused)
def name_translator(page: Page, **kwargs: Any) -> list[Any]:
    """Return the translators of *page*, who are notified together with its editor."""
    rows = TranslationStatus.objects.filter(target=page.pk, translator__isnull=False)
    return [row.translator for row in rows.select_related("translator")]


@receiver(post_save, sender=WorkflowState)
def follow_review(instance: WorkflowState, raw: bool, **kwargs: Any) -> None:
    page = None if raw else instance.content_object
    if isinstance(page, Page) and page.specific_class is ArticlePage:
        count(page.translation_key)


@receiver(post_save, sender=TranslationLog)
def follow_log(instance: TranslationLog, raw: bool, **kwargs: Any) -> None:
    if not raw:
        with counted_once():
            remember(instance)


@receiver(post_save, sender=Translation)
@receiver(post_delete, sender=Translation)
def follow_translation(
    instance: Translation, raw: bool = False, origin: Any = None, **kwargs: Any
) -> None:
    if not raw and not _goes_with_locale(origin):
        count(instance.source.object_id)


@receiver(post_save, sender=Translation)
def give_first_draft(
    instance: Translation, created: bool, raw: bool, **kwargs: Any
) -> None:
    """Update the source of a new translation if the article was never published.

    wagtail-localize reads the page row, which holds the text of the page's creation.
    The latest draft is used instead.
    """
    if not created or raw:
        return
    pages = ArticlePage.objects.filter(
        translation_key=instance.source.object_id,
        locale=instance.source.locale_id,
        live=False,
        latest_revision__isnull=False,
    )
    for page in pages:
        refresh_source_from_draft(page)
        # wagtail-localize uses this same object to create the target.
        instance.source.refresh_from_db()


@receiver(post_save, sender=StringTranslation)
@receiver(post_delete, sender=StringTranslation)
def follow_text(
    instance: StringTranslation, raw: bool = False, origin: Any = None, **kwargs: Any
) -> None:
    if not raw and instance.context and not _goes_with_locale(origin):
        _count_article(instance.context.object_id)


@receiver(post_save, sender=UnfinishedText)
@receiver(post_delete, sender=UnfinishedText)
def follow_mark(
    instance: UnfinishedText, raw: bool = False, origin: Any = None, **kwargs: Any
) -> None:
    """Count the article when an unfinished mark changes.

    If the mark is deleted together with its text, :func:`follow_text` handles the text.
    """
    started_by = getattr(origin, "model", type(origin))
    if not raw and (origin is None or started_by is UnfinishedText):
        follow_text(instance.text)


@receiver(post_save, sender=StringSegment)
@receiver(post_delete, sender=StringSegment)
def follow_segment(
    instance: StringSegment, raw: bool = False, origin: Any = None, **kwargs: Any
) -> None:
    """Count the article of a segment, unless its source has no translations yet."""
    if raw or _goes_with_locale(origin):
        return
    translations = Translation.objects.filter(source=instance.source_id)
    if translations.exists():
        sources = TranslationSource.objects.filter(pk=instance.source_id)
        _count_article(sources.values_list("object_id", flat=True).get())


@receiver(post_save, sender=SourceSnapshot)
def follow_basis(instance: SourceSnapshot, raw: bool, **kwargs: Any) -> None:
    if not raw:
        count(instance.translation.source.object_id)


@receiver(post_save, sender=Locale)
def follow_new_locale(created: bool, raw: bool, **kwargs: Any) -> None:
    if created and not raw:
        rebuild()


@receiver(post_delete, sender=Locale)
def follow_deleted_locale(**kwargs: Any) -> None:
    rebuild()


def _goes_with_locale(origin: Any) -> bool:
    """Return whether a row is deleted because its locale is deleted.

    Rows counted during that deletion would outlive the locale.
    """
    return isinstance(origin, Locale) or getattr(origin, "model", None) is Locale


def _count_article(key: UUID) -> None:
    """Count the object with this translation key if it is an article.

    Sections, people and topics are translated too, but have no counts.
    """
    if ArticlePage.objects.filter(translation_key=key).exists():
        count(key)
