"""Handlers that run in the transaction that saves a translation or a term."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.search.index import insert_or_update_object
from wagtail_localize.models import StringTranslation

from newsroom.articles.signals import archive_rebuilt
from newsroom.sanitising.cleaning import clean_segment
from newsroom.translation.memory.store import remember
from newsroom.translation.models import Concept, Term, UnfinishedText
from newsroom.translation.signals import terms_saved
from newsroom.translation.termbase.synonyms import transfer, transfer_all


@receiver(pre_save, sender=StringTranslation)
def clean_translated_segment(instance: StringTranslation, **kwargs: Any) -> None:
    """Sanitise a translated segment, which is foreign HTML, before it is stored."""
    instance.data = clean_segment(instance.data)


@receiver(post_save, sender=StringTranslation)
def remember_translated_segment(
    instance: StringTranslation, raw: bool, **kwargs: Any
) -> None:
    if not raw:
        remember([instance])


@receiver(post_save, sender=StringTranslation)
def finish_text(
    instance: StringTranslation,
    raw: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    """Delete the unfinished mark of a saved text, for every code path that saves it."""
    if not raw and (update_fields is None or "data" in update_fields):
        UnfinishedText.objects.filter(text=instance).delete()


@receiver(terms_saved, sender=Concept)
def follow_concept(instance: Concept, **kwargs: Any) -> None:
    transfer(instance.pk)
    # Wagtail indexed the concept before its terms were saved.
    insert_or_update_object(instance)


@receiver(post_save, sender=Term)
@receiver(post_delete, sender=Term)
def follow_single_term(instance: Term, raw: bool = False, **kwargs: Any) -> None:
    """Update the concept of a term that is saved or deleted on its own.

    Terms saved together with their concept are handled once, by :func:`follow_concept`.
    """
    if not raw and not instance.concept.is_being_saved:
        follow_concept(instance.concept)


@receiver(archive_rebuilt)
def transfer_every_concept(batch_size: int, **kwargs: Any) -> None:
    transfer_all(batch_size)
