"""Remember what each published translation was made from."""

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
from newsroom.translation.models import TranslationBasis


def remember(log: TranslationLog) -> None:
    """Remember the source's segments as the revision that *log* tells of has them.

    Unless it is called within a transaction, wagtail-localize has published the
    revision before it tells of it.
    """
    if not issubclass(log.source.specific_content_type.model_class(), ArticlePage):
        return
    translation = log.source.translations.filter(target_locale=log.locale_id).first()
    if translation and log.revision_id:
        _create(translation, log.revision_id)
        for page in ArticlePage.objects.filter(live_revision=log.revision_id):
            mark_published(page)


def remember_published(source: TranslationSource) -> None:
    """Remember, before *source* changes, what its published translations were made
    from, where that was not known: they may be older than this record."""
    for translation in source.translations.filter(bases=None):
        live = ArticlePage.objects.live().filter(
            translation_key=source.object_id, locale=translation.target_locale_id
        )
        for revision in live.values_list("live_revision", flat=True):
            _create(translation, revision, is_published=True)


def mark_published(page: ArticlePage) -> None:
    """Note that readers see the live revision of *page*, and what that was made from.

    A translation that was stopped is edited by hand: its editor is taken to have seen
    the source as it is now.
    """
    bases = TranslationBasis.objects.filter(
        translation__source__object_id=page.translation_key,
        translation__target_locale=page.locale_id,
    )
    own = bases.filter(revision=page.live_revision_id)
    if own.filter(published_at=None).update(published_at=timezone.now()):
        _forget_superseded(bases)
    elif not own.exists():
        stopped = Translation.objects.filter(
            source__object_id=page.translation_key,
            target_locale=page.locale_id,
            enabled=False,
        )
        for translation in stopped:
            _create(translation, page.live_revision_id, is_published=True)
        if stopped:
            _forget_superseded(bases)


def effective(bases: Iterable[TranslationBasis]) -> TranslationBasis | None:
    """What the published text is a translation of: the last complete basis. A
    publication with gaps does not catch up with a source that had changed."""
    published = sorted((b for b in bases if b.published_at), key=lambda b: b.pk)
    complete = [basis for basis in published if basis.is_complete]
    return complete[-1] if complete else next(iter(published), None)


def present_segments(source: int) -> list[Segment]:
    """The segments of a TranslationSource (primary key), in the order of the text."""
    segments = StringSegment.objects.filter(source=source).order_by("order", "pk")
    return list(segments.values_list("context_id", "string_id"))


def _create(
    translation: Translation, revision: int | None, is_published: bool = False
) -> None:
    """A basis that is known to be published is taken for complete: whoever published
    that text has let it stand."""
    segments = present_segments(translation.source_id)
    translated = set(
        StringTranslation.objects.filter(
            locale=translation.target_locale_id,
            context__object_id=translation.source.object_id,
            has_error=False,
        ).values_list("context_id", "translation_of_id")
    )
    TranslationBasis.objects.create(
        translation=translation,
        revision_id=revision,
        segments=segments,
        is_complete=is_published or translated.issuperset(segments),
        published_at=timezone.now() if is_published else None,
    )


def _forget_superseded(bases: Iterable[TranslationBasis]) -> None:
    """Keep the effective basis, and those that may yet be published."""
    known = list(bases)
    last_published = max(basis.pk for basis in known if basis.published_at)
    kept = effective(known)
    TranslationBasis.objects.filter(
        pk__in=[b.pk for b in known if b.pk <= last_published and b != kept]
    ).delete()
