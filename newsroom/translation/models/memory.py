"""What the translation memory knows, and by what it finds it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation


class ImportedUnit(models.Model):
    """A translation that came from a file, of no article here.

    Texts are HTML, as a segment's are. ``digest`` is that of the pair, whichever side
    is called the source.
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
    """A file of a translation memory that waits for the worker, packed with zlib. It is
    kept in the database, where no address leads to it."""

    name = models.CharField(max_length=255)
    data = models.BinaryField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class MemoryKey(models.Model):
    """A word of an earlier translation, or words that stand side by side, by a hash of
    their stems; the translation's source has keys as well as its target.

    The translation is ``text``, of an article, or ``imported``. ``locale`` is that of
    the side that has the words, ``other`` of the other side.
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
