"""Translated segments are foreign HTML too: clean them before they are stored."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail_localize.models import StringTranslation

from newsroom.intake.cleaning import clean_segment


@receiver(pre_save, sender=StringTranslation)
def clean_translated_segment(instance: StringTranslation, **kwargs: Any) -> None:
    instance.data = clean_segment(instance.data)
