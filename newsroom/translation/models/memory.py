"""By what the translation memory finds earlier translations."""

from django.db import models
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation


class MemoryKey(models.Model):
    """A word of an earlier translation, or words that stand side by side, by a hash of
    their stems; the translation's source has keys as well as its target.

    ``locale`` is that of the side that has the words, ``other`` of the other side.
    """

    class Kind(models.IntegerChoices):
        WORD = 1
        NEIGHBOURS = 2

    text = models.ForeignKey(StringTranslation, models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    other = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    key = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["key", "locale", "other", "text"], name="memorykey_lookup"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.key}"
