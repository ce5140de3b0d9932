"""Which page was created from which instance of the create form."""

from django.conf import settings
from django.db import models
from wagtail.models import Page


class PageCreation(models.Model):
    """One rendered create form, and the page that its first POST created.

    ``token`` is a hidden field of the form. ``page`` is empty until a POST was valid.
    ``digest`` is the fingerprint of the last POST, and ``by_autosave`` whether that was
    one of the background saves.
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
