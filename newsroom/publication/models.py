"""Pages that were not published or unpublished at their scheduled time."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from newsroom.articles.refusals import Reason, texts_of


class RefusedPublicationQuerySet(models.QuerySet):
    def standing(self) -> "RefusedPublicationQuerySet":
        """Return refusals whose revision is still scheduled for the refused time."""
        return self.filter(revision__approved_go_live_at=F("go_live_at"))

    def by_page(self, pages: Iterable[int | None]) -> "dict[int, RefusedPublication]":
        """Return the standing refusals of *pages* by primary key of the page."""
        found = self.standing().filter(page__in=[pk for pk in pages if pk])
        return {refusal.page_id: refusal for refusal in found}


class Missed(models.Model):
    """A scheduled action that failed.

    ``reasons`` lists the reasons by the language code of the texts. ``told`` lists the
    kinds of reasons that were notified. ``fingerprint`` is a hash of the circumstances:
    the worker tries again only when it changes.
    """

    reasons = models.JSONField(default=dict)
    told = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def record(self, reasons: dict[str, list[Reason]], fingerprint: str) -> set[str]:
        """Store *reasons*, by language; return the codes that were not notified yet."""
        codes = {one.code for one in reasons[settings.LANGUAGE_CODE]}
        new = codes - set(self.told)
        self.reasons = texts_of(reasons)
        self.told = sorted({*self.told, *codes})
        self.fingerprint = fingerprint
        self.save()
        return new

    @property
    def moment(self) -> datetime:
        """The scheduled time."""
        raise NotImplementedError

    @property
    def reasons_shown(self) -> list[str]:
        """The reasons in the active language, or else in the default language."""
        found = self.reasons.get(get_language()) or self.reasons.get(
            settings.LANGUAGE_CODE
        )
        return list(found or [])


class RefusedPublication(Missed):
    """A revision that could not be published at its scheduled time, ``go_live_at``."""

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="+")
    go_live_at = models.DateTimeField()
    refused_at = models.DateTimeField(auto_now_add=True)

    objects = RefusedPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("refused publication")
        verbose_name_plural = _("refused publications")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.go_live_at}"

    @property
    def moment(self) -> datetime:
        return self.go_live_at


class FailedExpiryQuerySet(models.QuerySet):
    def standing(self) -> "FailedExpiryQuerySet":
        """Return failures whose page is still live past the time of the failure."""
        return self.filter(page__live=True, page__expire_at=F("expire_at"))


class FailedExpiry(Missed):
    """A page that could not be unpublished at its scheduled time, ``expire_at``."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="+")
    expire_at = models.DateTimeField()
    failed_at = models.DateTimeField(auto_now_add=True)

    objects = FailedExpiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("failed expiry")
        verbose_name_plural = _("failed expiries")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page_id}: {self.expire_at}"

    @property
    def moment(self) -> datetime:
        return self.expire_at
