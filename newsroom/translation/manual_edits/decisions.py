"""Acceptance and dropping of manual edits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import Translation

from newsroom.access.users import User
from newsroom.translation.manual_edits.contents import normal
from newsroom.translation.models import ManualEdit
from newsroom.translation.segments import (
    SegmentText,
    locked_segments,
    occurrences_of,
    save_segment,
)


@dataclass(frozen=True, slots=True)
class EditPlacement:
    """A manual edit with the segment that would receive its text, or None."""

    edit: ManualEdit
    segment: SegmentText | None

    @property
    def is_of_another_source(self) -> bool:
        """Whether the original may have changed since the text was translated."""
        segment = self.segment
        return (
            segment is not None
            and not segment.translation
            and self.edit.before != normal(segment.source)
        )


def choices(translation: Translation) -> list[EditPlacement]:
    """Return the undecided edits of *translation* in the order of detection.

    The number of queries does not depend on the number of edits.
    """
    edits = ManualEdit.objects.filter(translation=translation).undecided()
    found = list(edits)
    if not found:
        return []
    segments: dict[int, list[SegmentText]] = defaultdict(list)
    for segment in occurrences_of(translation):
        segments[segment.context].append(segment)
    return [EditPlacement(edit, _segment(edit, segments)) for edit in found]


def _segment(
    edit: ManualEdit, segments: dict[int, list[SegmentText]]
) -> SegmentText | None:
    """Return the segment of *edit*, or None.

    If the original has changed since the edit was detected, return the new segment at
    the same place, unless that segment is translated already.
    """
    if edit.kind != ManualEdit.Kind.TEXT or edit.context_id is None:
        return None
    known = segments[edit.context_id]
    for segment in known:
        if segment.string == edit.string_id:
            return segment
    in_place = known[edit.place] if edit.place < len(known) else None
    return in_place if in_place and not in_place.translation else None


def contradicting(chosen: Iterable[EditPlacement]) -> set[int]:
    """Return the primary keys of edits that give one segment different texts.

    A repeated text may have been edited in several ways, but has one translation.
    """
    by_segment: dict[str, list[ManualEdit]] = defaultdict(list)
    for choice in chosen:
        if choice.segment:
            by_segment[choice.segment.key].append(choice.edit)
    return {
        edit.pk
        for edits in by_segment.values()
        if len({edit.text for edit in edits}) > 1
        for edit in edits
    }


def accept(
    translation: Translation, chosen: Iterable[EditPlacement], *, user: User
) -> list[ManualEdit]:
    """Save the edited texts as translations of their segments, on behalf of *user*.

    Returns the edits whose tags or links do not match the original: they are saved, but
    not published in that form. Edits without a segment stay undecided.
    """
    broken = []
    with locked_segments(translation) as present:
        for choice in chosen:
            known = choice.segment
            segment = present.get(known.key) if known else None
            if segment is None or not known or segment.translation != known.translation:
                continue  # saved by another user: must be reviewed again
            if not _decide(choice.edit, user, is_accepted=True):
                continue
            if normal(segment.translation) == choice.edit.text:
                continue  # the same text has been saved already
            saved = save_segment(
                translation,
                segment.context,
                segment.string,
                choice.edit.text,
                user=user,
            )
            if saved.has_error:
                broken.append(choice.edit)
    return broken


def drop(chosen: Iterable[EditPlacement], *, user: User) -> int:
    """Drop the edits and keep the translation; return the number of dropped edits.

    The edited page stays in the page history, and the text in the decided edit.
    """
    with transaction.atomic():
        return sum(_decide(one.edit, user, is_accepted=False) for one in chosen)


def _decide(edit: ManualEdit, user: User, *, is_accepted: bool) -> bool:
    """Store the decision; return False if another user has already decided."""
    waiting = ManualEdit.objects.filter(pk=edit.pk).undecided()
    return bool(
        waiting.update(
            decided_at=timezone.now(), decided_by=user, is_accepted=is_accepted
        )
    )
