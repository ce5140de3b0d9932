"""Published versions of articles, and corrections."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PublishedVersionQuerySet(models.QuerySet):
    def light(self) -> "PublishedVersionQuerySet":
        """Return the versions in order, without loading their content."""
        return self.defer("content").order_by("number")


class PublishedVersion(models.Model):
    """One language version of an article as it was published at one time.

    Unlike revisions, which include drafts and are purged, versions hold what readers
    saw and are kept. ``content`` is the result of
    :func:`newsroom.corrections.content.content_of`, and ``digest`` its hash. ``number``
    counts from 1 within the article. ``was_public`` is true if anyone could read the
    version while it was current; otherwise an earlier version never becomes readable.
    The current version is as readable as the article.
    """

    article = models.ForeignKey(
        "articles.ArticlePage", models.CASCADE, related_name="published_versions"
    )
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    was_public = models.BooleanField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    withdrawal_reason = models.TextField(_("reason"), blank=True)

    objects = PublishedVersionQuerySet.as_manager()
    # Set by code that has loaded all versions of the article.
    is_current = False

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        default_permissions = ()
        permissions = [("withdraw_publishedversion", _("Can withdraw a version"))]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="one_version_of_each_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id}, {self.number}"

    @property
    def is_readable(self) -> bool:
        """Whether readers of the article may read this version of it."""
        return self.is_current or (self.was_public and self.withdrawn_at is None)


class CorrectionQuerySet(models.QuerySet):
    def shown(self) -> "CorrectionQuerySet":
        """Return the corrections that readers see, newest first."""
        return self.filter(version__isnull=False).order_by("-date", "-pk")


class Correction(models.Model):
    """A statement of what was wrong in one language version of an article.

    It is in the language of that version. ``version`` is the publication with the
    correction; if it is None, the correction waits for the next publication and is not
    shown to readers.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")

    article = models.ForeignKey(
        "articles.ArticlePage", models.CASCADE, related_name="corrections"
    )
    version = models.ForeignKey(
        PublishedVersion,
        models.SET_NULL,
        verbose_name=_("publication"),
        null=True,
        blank=True,
        related_name="corrections",
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.CORRECTION
    )
    date = models.DateTimeField(_("date"), default=timezone.now)
    text = models.TextField(_("text"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"

    @property
    def is_waiting(self) -> bool:
        return self.version_id is None
