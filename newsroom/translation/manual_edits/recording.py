"""Storage of manual edits before a translation overwrites them."""

from django.db import transaction
from wagtail.models import Revision
from wagtail_localize.models import (
    SourceDeletedError,
    StringTranslation,
    Translation,
    TranslationLog,
)

from newsroom.articles.models import ArticlePage
from newsroom.translation.manual_edits.comparison import Comparison, FoundEdit
from newsroom.translation.manual_edits.contents import contents_of, normal
from newsroom.translation.models import ManualEdit
from newsroom.translation.segments import SegmentText, occurrences_of
from newsroom.translation.sources import target_of

# The values that identify a known edit.
Name = tuple[str, str, int | None, int | None, str, str]


def record(translation: Translation) -> int:
    """Store the manual edits since *translation* last generated its target.

    Returns the number of undecided edits. Undecided edits of an earlier call are
    detected again if the page was not generated in the meantime. A decision about the
    same text stays valid.
    """
    page = target_of(translation)
    edits = ManualEdit.objects.filter(translation=translation)
    if page is None or page.latest_revision_id is None:
        return edits.undecided().count()
    base = _last_written(translation)
    try:
        found = _compare(translation, page, base)
    except SourceDeletedError:  # nothing can overwrite the page any more
        return edits.undecided().count()
    with transaction.atomic():
        earlier = edits.select_for_update().filter(base=base)
        decided = {_name(edit) for edit in earlier if edit.decided_at}
        earlier.undecided().delete()
        rows = (_row(translation, page, base, one) for one in found)
        ManualEdit.objects.bulk_create(row for row in rows if _name(row) not in decided)
    return edits.undecided().count()


def _last_written(translation: Translation) -> Revision | None:
    """Return the last generated revision of the target; None if it is not kept."""
    logs = TranslationLog.objects.filter(
        source=translation.source_id, locale=translation.target_locale_id
    )
    log = logs.select_related("revision").order_by("pk").last()
    return log.revision if log else None


def _compare(
    translation: Translation, page: ArticlePage, base: Revision | None
) -> list[FoundEdit]:
    if base and base.pk == page.latest_revision_id:
        return []
    expected = contents_of(
        translation.source.get_ephemeral_translated_instance(
            translation.target_locale, fallback=True
        )
    )
    segments = occurrences_of(translation)
    return Comparison(
        base=contents_of(base.as_object()) if base else expected,
        hand=contents_of(page.get_latest_revision_as_object()),
        expected=expected,
        segments=segments,
        sources=_sources(translation, segments),
    ).edits()


def _sources(
    translation: Translation, segments: list[SegmentText]
) -> dict[tuple[str, str], str]:
    """Return the normalised source text for each (path, translation).

    If several sources have the same translation, the present source text wins.
    """
    made = StringTranslation.objects.filter(
        locale=translation.target_locale_id,
        context__object_id=translation.source.object_id,
    )
    known = {
        (path, normal(text)): normal(source)
        for path, text, source in made.order_by("pk").values_list(
            "context__path", "data", "translation_of__data"
        )
    }
    return known | {
        (one.path, normal(one.translation)): normal(one.source)
        for one in segments
        if one.translation
    }


def _row(
    translation: Translation, page: ArticlePage, base: Revision | None, found: FoundEdit
) -> ManualEdit:
    return ManualEdit(
        translation=translation,
        base=base,
        revision_id=page.latest_revision_id,
        kind=found.kind,
        context_id=found.segment.context if found.segment else None,
        string_id=found.segment.string if found.segment else None,
        place=found.place,
        path=found.path,
        field_path=found.field_path,
        before=found.before,
        text=found.text,
    )


def _name(edit: ManualEdit) -> Name:
    return (
        edit.kind,
        edit.path,
        edit.context_id,
        edit.string_id,
        edit.before,
        edit.text,
    )
