"""Unfinished translations of segments."""

from django.db import models
from wagtail_localize.models import StringTranslation


class UnfinishedText(models.Model):
    """A mark on a translated segment whose text needs work before publication.

    The mark is set by imported files (a fuzzy entry, a state such as
    ``needs-adaptation``) and deleted when the segment is saved or accepted. Machine
    drafts do not need it: they are recognised by their ``translation_type``.
    """

    text = models.OneToOneField(
        StringTranslation, models.CASCADE, related_name="unfinished"
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.text_id)
