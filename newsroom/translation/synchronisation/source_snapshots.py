"""The record of which source text each published translation was made from."""

import json
from collections.abc import Iterable

from django.utils import timezone
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)

from newsroom.articles.models import ArticlePage
from newsroom.translation.changes import Segment
from newsroom.translation.models import SourceSnapshot
from newsroom.translation.synchronisation.facts import Facts, facts_of
from newsroom.translation.synchronisation.published import facts_as_published


def remember(log: TranslationLog) -> None:
    """Store the source's present segments for the revision that *log* records.

    Outside a transaction, wagtail-localize has already published the revision when it
    writes the log entry. In that case the record is marked as published here.
    """
    if not issubclass(log.source.specific_content_type.model_class(), ArticlePage):
        return
    translation = log.source.translations.filter(target_locale=log.locale_id).first()
    if translation and log.revision_id:
        _create(translation, log.revision_id)
        for page in ArticlePage.objects.filter(live_revision=log.revision_id):
            mark_published(page)


def remember_published(source: TranslationSource) -> None:
    """Store the present source for published translations that lack a record.

    Call this function before *source* changes. The translations may be older than this
    record. Missing facts are reconstructed from the published page.
    """
    targets = ArticlePage.objects.live().filter(translation_key=source.object_id)
    for translation in source.translations.filter(snapshots=None):
        for target in targets.filter(locale=translation.target_locale_id):
            _create(translation, target.live_revision_id, is_published=True)
            remember_facts(translation, target)
    for translation in source.translations.filter(
        snapshots__facts__isnull=True, snapshots__published_at__isnull=False
    ).distinct():
        for target in targets.filter(locale=translation.target_locale_id):
            remember_facts(translation, target)


def remember_facts(translation: Translation, target: ArticlePage) -> None:
    """Store the facts of the published *target* in its last published snapshot.

    They are reconstructed, because none were recorded.
    """
    facts = facts_as_published(translation, target)
    published = translation.snapshots.exclude(published_at=None)
    last = published.order_by("pk").last()
    if last:
        last.facts = facts
        last.save(update_fields=["facts"])


def mark_published(page: ArticlePage) -> None:
    """Mark the snapshot of the live revision of *page* as published.

    A stopped translation is edited by hand and has no snapshot for the revision. Its
    editor is assumed to have seen the present source, which becomes its snapshot.
    """
    snapshots = SourceSnapshot.objects.filter(
        translation__source__object_id=page.translation_key,
        translation__target_locale=page.locale_id,
    )
    own = snapshots.filter(revision=page.live_revision_id)
    if own.filter(published_at=None).update(published_at=timezone.now()):
        _forget_superseded(snapshots)
    elif not own.exists():
        stopped = Translation.objects.filter(
            source__object_id=page.translation_key,
            target_locale=page.locale_id,
            enabled=False,
        )
        for translation in stopped:
            _create(translation, page.live_revision_id, is_published=True)
        if stopped:
            _forget_superseded(snapshots)


def effective(snapshots: Iterable[SourceSnapshot]) -> SourceSnapshot | None:
    """Return the last complete published snapshot, or the first published one, or None.

    This snapshot is the source text that the published text translates. A
    publication with gaps does not catch up with a source that had changed.
    """
    published = sorted(
        (one for one in snapshots if one.published_at), key=lambda snapshot: snapshot.pk
    )
    complete = [snapshot for snapshot in published if snapshot.is_complete]
    return complete[-1] if complete else next(iter(published), None)


def published_facts(snapshots: Iterable[SourceSnapshot]) -> Facts | None:
    """Return the facts of the last publication; None if they were not recorded.

    A publication brings all facts up to date even if segments are missing.
    """
    published = [snapshot for snapshot in snapshots if snapshot.published_at]
    last = max(published, key=lambda snapshot: snapshot.pk, default=None)
    return last.facts if last else None


def present_facts(source: TranslationSource) -> Facts:
    """Return the facts of *source* as it is stored for translators."""
    return facts_of(json.loads(source.content_json))


def present_segments(source: int) -> list[Segment]:
    """Return the segments of a TranslationSource (primary key), in text order."""
    segments = StringSegment.objects.filter(source=source).order_by("order", "pk")
    return list(segments.values_list("context_id", "string_id"))


def _create(
    translation: Translation, revision: int | None, is_published: bool = False
) -> None:
    """Create a snapshot from the present source.

    If *is_published*, the snapshot counts as complete even with missing segments: the
    editor who published that text has accepted it.
    """
    segments = present_segments(translation.source_id)
    translated = set(
        StringTranslation.objects.filter(
            locale=translation.target_locale_id,
            context__object_id=translation.source.object_id,
            has_error=False,
        ).values_list("context_id", "translation_of_id")
    )
    SourceSnapshot.objects.create(
        translation=translation,
        revision_id=revision,
        segments=segments,
        facts=present_facts(translation.source),
        is_complete=is_published or translated.issuperset(segments),
        published_at=timezone.now() if is_published else None,
    )


def _forget_superseded(snapshots: Iterable[SourceSnapshot]) -> None:
    """Delete the snapshots that are no longer needed.

    Keep the effective snapshot, the last published one (readers see its facts), and
    later ones that may still be published.
    """
    known = list(snapshots)
    last_published = max(snapshot.pk for snapshot in known if snapshot.published_at)
    kept = effective(known)
    SourceSnapshot.objects.filter(
        pk__in=[b.pk for b in known if b.pk < last_published and b != kept]
    ).delete()
