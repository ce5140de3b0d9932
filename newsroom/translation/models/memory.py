"""The contents and the index of the translation memory."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation


class ImportedUnit(models.Model):
    """A translation imported from a file, which belongs to no article here.

    Texts are HTML, as in segments. ``digest`` is a hash of the pair, independent of
    which side is the source.
    """

    source_locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    source = models.TextField()
    target_locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    target = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=255)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.source


class MemoryFile(models.Model):
    """A translation memory file that waits for the worker, compressed with zlib.

    The file is stored in the database, so that it has no URL.
    """

    name = models.CharField(max_length=255)
    data = models.BinaryField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class MemoryKey(models.Model):
    """A hash of a stem, or of two adjacent stems, of a translation in the memory.

    Both the source and the target of a translation have keys. The translation is
    ``text`` (of an article) or ``imported``. ``locale`` is the locale of the side with
    the words, ``other`` that of the other side.
    """

    class Kind(models.IntegerChoices):
        WORD = 1
        NEIGHBOURS = 2

    text = models.ForeignKey(
        StringTranslation, models.CASCADE, null=True, related_name="+"
    )
    imported = models.ForeignKey(
        ImportedUnit, models.CASCADE, null=True, related_name="+"
    )
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    other = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    key = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["key", "locale", "other", "text", "imported"],
                name="memorykey_lookup",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(text=None) ^ Q(imported=None), name="memorykey_of_one_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text_id or self.imported_id}: {self.key}"
