"""Records of how machine drafts became texts of a person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import StringTranslation


class DraftReading(models.Model):
    """The user who accepted a machine draft, and how.

    A draft is *unread* until a person has edited it or accepted it individually;
    opening its page does not count as reading. A draft accepted together with all
    others was not read.
    """

    class How(models.TextChoices):
        EDITED = "edited", _("Edited")
        ACCEPTED = "accepted", _("Accepted by itself")
        UNREAD = "unread", _("Accepted with all others, unread")

    text = models.OneToOneField(
        StringTranslation, models.CASCADE, related_name="draft_reading"
    )
    machine = models.CharField(max_length=255)
    how = models.CharField(max_length=10, choices=How.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.text_id}: {self.how}"
