"""The state of each language version of each article, and its source text."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import Translation

from newsroom.articles.models import ArticlePage
from newsroom.translation.querysets import TranslationStatusQuerySet
from search.collation import alphabetically

MAX_HEADLINE_LENGTH = 255  # that of Wagtail's page titles
IS_ORIGINAL = Q(state="original")
# Columns of the list's filters; every index of originals contains them.
FACTS = ["source_is_live", "kind", "section", "state"]


class TranslationStatus(models.Model):
    """One article in one language: a cell of the translation desk.

    ``newsroom.translation.status`` computes all columns from pages and segments, except
    ``translator``, ``due`` and ``note``, which editors set. The row of the original
    represents the article: its ``waiting_since`` is the earliest of its translations.
    """

    class State(models.TextChoices):
        NOT_STARTED = "not_started", _("Not started")
        IN_PROGRESS = "in_progress", _("In progress")
        MACHINE = "machine", _("Machine draft, unread")
        READY = "ready", _("Ready for review")
        IN_REVIEW = "in_review", _("In review")
        SENT_BACK = "sent_back", _("Sent back")
        APPROVED = "approved", _("Ready to publish")
        SCHEDULED = "scheduled", _("Scheduled")
        REFUSED = "refused", _("Not published at its time")
        LIVE = "live", _("Live")
        OUTDATED = "outdated", _("Outdated")
        ORIGINAL = "original", _("Original")

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    source = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="+")
    # Whether readers see the source; the desk filters all rows by it.
    source_is_live = models.BooleanField(default=False)
    source_locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    target = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="+")
    translation = models.ForeignKey(
        Translation, models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    segments_total = models.PositiveIntegerField(default=0)
    segments_translated = models.PositiveIntegerField(default=0)
    segments_changed = models.PositiveIntegerField(default=0)
    # The translated segments that are unaccepted machine drafts.
    segments_unread = models.PositiveIntegerField(default=0)
    headline = models.CharField(_("headline"), max_length=MAX_HEADLINE_LENGTH)
    headline_terms = models.TextField()
    section = models.UUIDField(_("section"), null=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ArticlePage.Kind.choices)
    published_at = models.DateTimeField(_("publication date"), null=True)
    waiting_since = models.DateTimeField(_("waiting since"), null=True)
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("translator"),
        null=True,
        blank=True,
        related_name="+",
    )
    due = models.DateField(_("due"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    # The error of the last machine translation, if it failed.
    machine_error = models.TextField(blank=True)

    objects = TranslationStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("language version")
        verbose_name_plural = _("language versions")
        default_permissions = ()  # page permissions decide
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="version_state_version"
            )
        ]
        # The indexes contain all columns that the desk counts, sorts and filters by, so
        # that it reads only the rows that it shows. Originals represent articles and
        # have partial indexes: with an index that begins with the state of any row,
        # SQLite would look up every row.
        indexes = [
            models.Index(
                fields=["waiting_since", "id", *FACTS, "translation_key"],
                name="version_state_waiting",
                condition=IS_ORIGINAL,
            ),
            models.Index(
                alphabetically("headline"),
                *["id", *FACTS, "translation_key"],
                name="version_state_headline",
                condition=IS_ORIGINAL,
            ),
            models.Index(
                fields=["translation_key", *FACTS, "waiting_since", "headline", "id"],
                name="version_state_article",
                condition=IS_ORIGINAL,
            ),
            # In the order of articles, because the found ones are looked up in it.
            models.Index(
                fields=["state", "translation_key", "waiting_since", "locale"],
                name="version_state_state",
                condition=~IS_ORIGINAL,
            ),
            models.Index(
                fields=["locale", "translation_key", "state", "waiting_since"],
                name="version_state_locale",
                condition=~IS_ORIGINAL,
            ),
            models.Index(
                fields=["translator", "translation_key", "state", "waiting_since"],
                name="version_state_translator",
                condition=Q(translator__isnull=False),
            ),
            models.Index(
                fields=["translation_key", "source_is_live"],
                name="version_state_draft",
                condition=Q(source_is_live=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline} ({self.locale_id}): {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether the version still needs work."""
        return self.state not in (self.State.LIVE, self.State.ORIGINAL)

    @property
    def is_overdue(self) -> bool:
        is_past = self.due is not None and self.due < timezone.localdate()
        return self.is_open and is_past

    @property
    def percent(self) -> int:
        """The percentage of translated segments, rounded down: 100 only if all are."""
        if not self.segments_total:
            return 0
        return self.segments_translated * 100 // self.segments_total


class SourceSnapshot(models.Model):
    """The source segments that one revision of a translation was made from.

    wagtail-localize keeps only the present segments of a source, and finds a
    translation by its source text. This record makes it possible to find the old text
    and its translation after the source has changed.
    """

    translation = models.ForeignKey(
        Translation, models.CASCADE, related_name="snapshots"
    )
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    # Pairs of primary keys (TranslationContext, String) in text order.
    segments = models.JSONField()
    # The non-text values of the source (``newsroom.translation.synchronisation``); None
    # if they were not recorded.
    facts = models.JSONField(null=True)
    is_complete = models.BooleanField()  # every segment was translated
    published_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.translation_id}: {len(self.segments)}"
