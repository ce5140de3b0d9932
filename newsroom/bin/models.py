"""The snapshot of a deleted page."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

# How long a page can be restored, as promised to editors.
KEPT = timedelta(days=30)


class DeletedPage(models.Model):
    """A snapshot of one page and of every row that was deleted with it.

    Pages that were deleted in one operation share their ``batch``. ``rows`` are in
    Django's serialisation format ("python"); ``cleared`` are foreign keys of other
    rows that the deletion set to NULL: ``[model, field, value, [primary keys]]``;
    ``translations`` are the primary keys of the translations that it disabled.
    """

    batch = models.UUIDField(db_index=True)
    page_id = models.PositiveBigIntegerField(_("page"), unique=True)
    parent_id = models.PositiveBigIntegerField()
    path = models.CharField(max_length=255)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    locale = models.ForeignKey("wagtailcore.Locale", models.CASCADE, related_name="+")
    translation_key = models.UUIDField(db_index=True)
    title = models.CharField(_("title"), max_length=255)
    was_published = models.BooleanField()
    rows = models.JSONField(encoder=DjangoJSONEncoder)
    cleared = models.JSONField(encoder=DjangoJSONEncoder)
    translations = models.JSONField(default=list)
    deleted_at = models.DateTimeField(_("deleted at"), auto_now_add=True, db_index=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("deleted page")
        verbose_name_plural = _("deleted pages")
        default_permissions = ()  # permissions on the parent page decide

    def __str__(self) -> str:
        return self.title

    @property
    def kept_until(self) -> datetime:
        return self.deleted_at + KEPT
