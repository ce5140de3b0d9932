"""Releases: an article and its language versions, published at the same time."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class Release(models.Model):
    """The versions of one article that are published together.

    They are published at ``publish_at``, or on request if it is None. ``if_not_ready``
    decides what happens to the others if one version is not ready. ``reason`` says why
    a release failed; ``languages`` hold the reasons of each version. ``attempt`` is the
    fingerprint of the state at a failed attempt: the worker tries again only when the
    fingerprint changes.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        PUBLISHED = "published", _("Published together")
        PARTLY = "partly", _("Published in part")
        NOTHING_NEW = "nothing_new", _("All were live already")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    class IfNotReady(models.TextChoices):
        NONE = "none", _("Publish none of them")
        READY = "ready", _("Publish those that are ready")

    translation_key = models.UUIDField(db_index=True)
    locales = models.ManyToManyField(
        Locale,
        through="ReleaseLanguage",
        verbose_name=_("Languages"),
        related_name="+",
    )
    if_not_ready = models.CharField(
        _("If one is not ready"),
        max_length=10,
        choices=IfNotReady.choices,
        default=IfNotReady.NONE,
    )
    publish_at = models.DateTimeField(_("Publish at"), null=True, blank=True)
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.PLANNED, db_index=True
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    attempt = models.CharField(max_length=64, blank=True)

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

    @property
    def has_reasons(self) -> bool:
        """Whether any of its languages has a reason for not being published."""
        return bool([one for one in self.languages.all() if one.reasons])


class ReleaseLanguage(models.Model):
    """One language of a release.

    ``chosen_by`` added the language, or was the last to change when and how it is
    published: that account must have the permission to publish the version at that
    time. ``outcome`` is empty until the release is attempted. ``reasons`` lists why the
    version was not published, by the language code of the texts.
    """

    class Outcome(models.TextChoices):
        PUBLISHED = "published", _("Published")
        ALREADY_LIVE = "already_live", _("Already live")
        NOT_READY = "not_ready", _("Not published")
        HELD_BACK = "held_back", _("Held back: another version is not ready")

    release = models.ForeignKey(Release, models.CASCADE, related_name="languages")
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    reasons = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        default_permissions = ()
        ordering = ["locale"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "locale"], name="release_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id}, {self.locale_id}: {self.outcome}"

    @property
    def reasons_shown(self) -> list[str]:
        """The reasons in the active language, or else in the default language."""
        found = self.reasons.get(get_language()) or self.reasons.get(
            settings.LANGUAGE_CODE
        )
        return list(found or [])


@receiver(m2m_changed, sender=ReleaseLanguage)
def name_who_has_chosen(
    instance: Release, action: str, reverse: bool, **kwargs: Any
) -> None:
    """Set ``chosen_by`` of added languages without one to the release's planner."""
    if action == "post_add" and not reverse:
        instance.languages.filter(chosen_by=None).update(chosen_by=instance.created_by)
