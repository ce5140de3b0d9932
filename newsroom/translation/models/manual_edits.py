"""Edits made manually while a translation was stopped."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail_localize.models import String, Translation, TranslationContext

from newsroom.translation.querysets import ManualEditQuerySet


def keep_undecided(collector: Any, field: Any, edits: Any, using: str) -> None:
    """Set the field to NULL, but protect a revision with undecided edits.

    This ``on_delete`` handler makes Wagtail's ``purge_revisions`` skip such revisions.
    If a revision is deleted together with its page, nothing is protected.
    """
    if isinstance(collector.origin, Revision):
        waiting = {edit for edit in edits if edit.decided_at is None}
        if waiting:
            raise models.ProtectedError("Edits made by hand are undecided.", waiting)
    models.SET_NULL(collector, field, edits, using)


class ManualEdit(models.Model):
    """A difference between a manually edited page and its generated form.

    ``before`` and ``text`` are the segment's HTML in the revision that wagtail-localize
    last generated (``base``), and in the edited one (``revision``). ``context`` and
    ``string`` are those of the segment, ``place`` its index within the context; only a
    TEXT has them.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        LINK = "link", _("Link")
        ADDED = "added", _("Added")
        REMOVED = "removed", _("Removed")
        CHANGED = "changed", _("Changed")
        MOVED = "moved", _("Moved")
        GONE = "gone", _("No longer in the original")

    translation = models.ForeignKey(Translation, models.CASCADE, related_name="+")
    base = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    revision = models.ForeignKey(Revision, keep_undecided, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    context = models.ForeignKey(
        TranslationContext, models.SET_NULL, null=True, related_name="+"
    )
    string = models.ForeignKey(String, models.SET_NULL, null=True, related_name="+")
    place = models.PositiveIntegerField(default=0)
    # Paths of wagtail-localize, see SegmentText.
    path = models.TextField()
    field_path = models.TextField()
    before = models.TextField(blank=True)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    is_accepted = models.BooleanField(default=False)

    objects = ManualEditQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # page permissions decide
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["translation", "decided_at"], name="handmade_edit_undecided"
            )
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"
