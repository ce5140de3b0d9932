"""The language versions of one article, computed from its pages and segments."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from newsroom.articles.models import ArticlePage
from newsroom.publication.models import RefusedPublication
from newsroom.translation.changes import Segment, shown_changes
from newsroom.translation.headlines import headline_terms
from newsroom.translation.models import SourceSnapshot, TranslationStatus
from newsroom.translation.status.review import ReviewStatus, review_statuses
from newsroom.translation.synchronisation.comparison import changed_facts
from newsroom.translation.synchronisation.source_snapshots import (
    effective,
    present_facts,
    published_facts,
)

State = TranslationStatus.State
WAITING = {
    State.NOT_STARTED,
    State.IN_PROGRESS,
    State.MACHINE,
    State.READY,
    State.IN_REVIEW,
    State.SENT_BACK,
    State.APPROVED,
    State.REFUSED,
    State.OUTDATED,
}
REVIEWED = {
    ReviewStatus.IN_REVIEW: State.IN_REVIEW,
    ReviewStatus.SENT_BACK: State.SENT_BACK,
    ReviewStatus.APPROVED: State.APPROVED,
}
PAGE_FIELDS = (
    "pk",
    "path",
    "depth",
    "locale",
    "title",
    "live",
    "kind",
    "published_at",
    "first_published_at",
)


def article_versions(
    key: UUID, known: Mapping[int, TranslationStatus]
) -> list[TranslationStatus]:
    """Return unsaved rows of the article with this translation key, one per locale.

    The list is empty if there is no such article. *known* holds the stored rows by
    locale; they tell since when an outdated version has been outdated.
    """
    article = _Article(key)
    if not article.pages:
        return []
    rows = [
        article.version(locale, known.get(locale.pk))
        for locale in article.locales.values()
    ]
    original = next(row for row in rows if row.state == State.ORIGINAL)
    waiting = [row.waiting_since for row in rows if row.waiting_since]
    original.waiting_since = min(waiting, default=None)
    return rows


def state_of(
    *,
    live: bool,
    is_scheduled: bool,
    total: int,
    translated: int,
    changed: int,
    unread: int = 0,
    is_refused: bool = False,
    review_status: ReviewStatus = ReviewStatus.NOT_HANDED_IN,
) -> TranslationStatus.State:
    """Return the state of a translation whose page exists.

    A version that is live and up to date counts as reviewed, even if it was submitted
    again later. A text with unread machine drafts is not ready for review.
    """
    if is_refused:
        return State.REFUSED
    if live and not changed:
        return State.LIVE
    if is_scheduled:
        return State.SCHEDULED
    is_complete = bool(total) and translated >= total
    if review_status in REVIEWED and (
        is_complete or review_status != ReviewStatus.APPROVED
    ):
        return REVIEWED[review_status]
    if unread and is_complete:
        return State.MACHINE
    if live:
        return State.OUTDATED
    return State.READY if is_complete else State.IN_PROGRESS


class _Article:
    """All stored data of one article and its translations, read at once."""

    def __init__(self, key: UUID) -> None:
        self.key = key
        pages = ArticlePage.objects.filter(translation_key=key).only(*PAGE_FIELDS)
        self.pages = {page.locale_id: page for page in pages.order_by("pk")}
        if not self.pages:
            return
        self.locales = Locale.objects.in_bulk()
        translations = Translation.objects.filter(source__object_id=key)
        # If there are several, an enabled one wins, or else the latest.
        self.translations = {
            translation.target_locale_id: translation
            for translation in translations.select_related("source").order_by(
                "enabled", "pk"
            )
        }
        self.original = self._original()
        self.sections = self._sections()
        self.scheduled = self._scheduled()
        self.refused = RefusedPublication.objects.by_page(
            page.pk for page in self.pages.values()
        )
        self.review_statuses = review_statuses(list(self.pages.values()))
        self._read_segments()
        self.terms = headline_terms(
            (self.locales[page.locale_id].language_code, page.title)
            for page in self.pages.values()
        )

    def _original(self) -> ArticlePage:
        """Return the oldest version that is not a translation of another one."""
        pages = list(self.pages.values())
        targets = {
            locale
            for locale, translation in self.translations.items()
            if translation.source.locale_id in self.pages
        }
        return next((p for p in pages if p.locale_id not in targets), pages[0])

    def _sections(self) -> dict[str, UUID]:
        paths = {page.path[: -Page.steplen] for page in self.pages.values()}
        sections = Page.objects.filter(path__in=paths)
        return dict(sections.values_list("path", "translation_key"))

    def _scheduled(self) -> set[str]:
        revisions = Revision.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id__in=[str(page.pk) for page in self.pages.values()],
            approved_go_live_at__isnull=False,
        )
        return set(revisions.values_list("object_id", flat=True))

    def _read_segments(self) -> None:
        self.segments: dict[int, list[Segment]] = defaultdict(list)
        self.translated: dict[int, set[Segment]] = defaultdict(set)
        self.machine_made: dict[int, set[Segment]] = defaultdict(set)
        self.snapshots: dict[int, list[SourceSnapshot]] = defaultdict(list)
        if not self.translations:
            return
        segments = StringSegment.objects.filter(source__object_id=self.key)
        for source, *segment in segments.order_by("order", "pk").values_list(
            "source_id", "context_id", "string_id"
        ):
            self.segments[source].append((segment[0], segment[1]))
        texts = StringTranslation.objects.filter(
            context__object_id=self.key, has_error=False, unfinished=None
        )
        for locale, context, string, kind in texts.values_list(
            "locale_id", "context_id", "translation_of_id", "translation_type"
        ):
            self.translated[locale].add((context, string))
            if kind == StringTranslation.TRANSLATION_TYPE_MACHINE:
                self.machine_made[locale].add((context, string))
        for snapshot in SourceSnapshot.objects.filter(
            translation__source__object_id=self.key
        ):
            self.snapshots[snapshot.translation_id].append(snapshot)

    def version(
        self, locale: Locale, known: TranslationStatus | None
    ) -> TranslationStatus:
        page = self.pages.get(locale.pk)
        translation = self.translations.get(locale.pk)
        source = self.original
        if page != source and translation:
            source = self.pages.get(translation.source.locale_id, source)
        row = TranslationStatus(
            translation_key=self.key,
            locale=locale,
            source_id=source.pk,
            source_is_live=source.live,
            source_locale_id=source.locale_id,
            target_id=page.pk if page else None,
            headline=source.title,
            headline_terms=self.terms,
            section=self.sections.get(source.path[: -Page.steplen]),
            kind=source.kind,
            published_at=source.published_at,
        )
        if page == self.original:
            row.state = State.ORIGINAL
            return row
        row.translation = translation
        row.state = State.NOT_STARTED
        if page:
            self._count(row, page)
        row.waiting_since = _waiting_since(row, source, known)
        return row

    def _count(self, row: TranslationStatus, page: ArticlePage) -> None:
        facts: dict[str, Any] = {
            "total": 0,
            "translated": 0,
            "changed": 0,
            "unread": 0,
        }
        if row.translation:
            segments = self.segments[row.translation.source_id]
            translated = self.translated[page.locale_id]
            units = set(segments)  # a repeated text is translated once
            facts["total"] = len(units)
            facts["translated"] = len(units & translated)
            facts["unread"] = len(units & self.machine_made[page.locale_id])
            snapshot = effective(self.snapshots[row.translation.pk])
            if snapshot and page.live:
                shown, moved = shown_changes(snapshot.segments, segments)
                # Moved texts count as one change: nothing needs translation, but
                # readers see the old order.
                facts["changed"] = len(shown) or int(moved > 0)
                facts["changed"] += self._changed_facts(row.translation)
        row.segments_total = facts["total"]
        row.segments_translated = facts["translated"]
        row.segments_changed = facts["changed"]
        row.segments_unread = facts["unread"]
        row.state = state_of(
            live=page.live,
            is_scheduled=str(page.pk) in self.scheduled,
            is_refused=page.pk in self.refused,
            review_status=self.review_statuses[page.pk],
            **facts,
        )

    def _changed_facts(self, translation: Translation) -> int:
        """Count the non-text changes since *translation* was published."""
        old = published_facts(self.snapshots[translation.pk])
        if old is None:
            return 0
        new = present_facts(translation.source)
        changes = changed_facts(old, new, is_synchronised=translation.enabled)
        return len(changes)


def _waiting_since(
    row: TranslationStatus, source: ArticlePage, known: TranslationStatus | None
) -> datetime | None:
    """Return when the version began to wait for work; None if nothing is to be done."""
    if row.state not in WAITING:
        return None
    if row.state == State.OUTDATED:
        if known and known.state == State.OUTDATED and known.waiting_since:
            return known.waiting_since
        return row.translation.source.last_updated_at if row.translation else None
    if row.state != State.NOT_STARTED and row.translation:
        return row.translation.created_at
    return source.first_published_at if source.live else None
