"""What the archive keeps for good."""

from django.db import models


class Permalink(models.Model):
    """The number of an article in all its languages, given once and never again.

    It is what stands in ``/a/12/``. It outlives moves, new titles and translations,
    and stays when the article is deleted, so that the address can say that it is gone.
    """

    number = models.BigAutoField(primary_key=True)
    translation_key = models.UUIDField(unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number}: {self.translation_key}"
