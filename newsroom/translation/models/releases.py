"""An article and its language versions, published in one moment."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class Release(models.Model):
    """The versions of one article that are published together: at ``publish_at``, or
    when somebody says so.

    ``if_not_ready`` says what becomes of the others when one of them is not ready.
    ``reason`` says why a release has failed.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        PUBLISHED = "published", _("Published together")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    class IfNotReady(models.TextChoices):
        NONE = "none", _("Publish none of them")
        READY = "ready", _("Publish those that are ready")

    translation_key = models.UUIDField(db_index=True)
    locales = models.ManyToManyField(
        Locale, verbose_name=_("Languages"), related_name="+"
    )
    if_not_ready = models.CharField(
        _("If one is not ready"),
        max_length=10,
        choices=IfNotReady.choices,
        default=IfNotReady.NONE,
    )
    publish_at = models.DateTimeField(_("Publish at"), null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.PLANNED, db_index=True
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.translation_key}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.FAILED)
