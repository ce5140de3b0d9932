"""Record of the page that each instance of the create form created."""

from django.conf import settings
from django.db import models
from wagtail.models import Page


class PageCreation(models.Model):
    """One rendered create form, and the page that its first valid POST created.

    ``token`` is a hidden field of the form. ``page`` is null until a POST is valid.
    ``digest`` is the hash of the last POST, and ``by_autosave`` whether that POST was a
    background save.
    """

    token = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    by_autosave = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.token}: {self.page_id}"
