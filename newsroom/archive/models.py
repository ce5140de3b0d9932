"""Permanent data of the archive."""

from django.db import models


class Permalink(models.Model):
    """The permanent number of an article in all its languages, which is never reused.

    It is the number in ``/a/12/``. It survives moves, new titles and translations, and
    stays when the article is deleted, so that the URL can answer 410 Gone.
    """

    number = models.BigAutoField(primary_key=True)
    translation_key = models.UUIDField(unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number}: {self.translation_key}"
