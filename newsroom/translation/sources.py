"""The source and target pages of a translation, and updates of the source."""

from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from newsroom.articles.models import ArticlePage
from newsroom.translation.memory.reuse import kept_translations
from newsroom.translation.synchronisation.comparison import changed_facts
from newsroom.translation.synchronisation.facts import facts_of, serialised
from newsroom.translation.synchronisation.source_snapshots import (
    present_facts,
    remember_published,
)


def refresh_source(page: ArticlePage) -> None:
    """Update the translation source of *page*, if it has one, from its live text.

    Unchanged texts keep their translations, even if they have moved. Published
    translations do not change.
    """
    source = source_of(page)
    if source:
        remember_published(source)
        with kept_translations(source):
            source.update_from_db()


def refresh_source_from_draft(page: ArticlePage) -> bool:
    """Update the translation source of *page* from its latest draft.

    Returns whether the page has translations. Published content does not change.
    """
    source = source_of(page)
    if source is None:
        return False
    remember_published(source)
    draft = page.get_latest_revision_as_object()
    with kept_translations(source):
        TranslationSource.update_or_create_from_instance(draft)
    return True


def source_of(page: Page) -> TranslationSource | None:
    """Return the translation source of *page*; None if it has no translations."""
    source = TranslationSource.objects.get_for_instance_or_none(page)
    return source if source and source.translations.exists() else None


def target_of(translation: Translation) -> ArticlePage | None:
    """Return the target page of *translation*; None if it was deleted."""
    pages = ArticlePage.objects.filter(
        translation_key=translation.source.object_id,
        locale=translation.target_locale_id,
    )
    return pages.first()


def is_current(source: TranslationSource, page: ArticlePage) -> bool:
    """Return whether *source* has the text and facts of *page*, draft or published."""
    wanted = [
        (segment.path, segment.string.data)
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue) and not segment.is_empty()
    ]
    segments = StringSegment.objects.filter(source=source).order_by("order", "pk")
    if wanted != list(segments.values_list("context__path", "string__data")):
        return False
    # Synchronised fields are copied when the page is published.
    facts = facts_of(serialised(page))
    return not changed_facts(present_facts(source), facts, is_synchronised=True)
