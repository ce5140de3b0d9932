"""Record of the steps of upgrades that a site has completed."""

from django.db import models


class FinishedStep(models.Model):
    """A step that has been done on this database, and with which version."""

    name = models.CharField(max_length=100, unique=True)
    version = models.CharField(max_length=50)
    finished_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"
