"""Signal handlers that make typed text storable before it is saved."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.models import Revision

from newsroom.sanitising.plain_fields import (
    clean_plain_fields,
    has_typed_text,
    storable_content,
)


@receiver(pre_save)
def clean_saved_text(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if has_typed_text(sender):
        clean_plain_fields(instance)


@receiver(pre_save, sender=Revision)
def clean_draft(instance: Revision, **kwargs: Any) -> None:
    """Clean drafts, which revisions store as JSON with the fields of any model."""
    instance.content = storable_content(
        instance.content_type.model_class(), instance.content
    )
