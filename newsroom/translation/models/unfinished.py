"""Translations that somebody has begun and not finished."""

from django.db import models
from wagtail_localize.models import StringTranslation


class UnfinishedText(models.Model):
    """A mark on a translated segment: its text needs work before it is published.

    Files of translators' tools set it (a fuzzy entry, a state such as
    ``needs-adaptation``). Saving or accepting the segment takes it away. A text that a
    machine made has no such mark: its ``translation_type`` says so.
    """

    text = models.OneToOneField(
        StringTranslation, models.CASCADE, related_name="unfinished"
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.text_id)
