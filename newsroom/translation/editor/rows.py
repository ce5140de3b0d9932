"""The rows of the segment page: each segment with its translation aids."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from wagtail_localize.models import Translation

from newsroom.translation.checks import Finding, check_translation
from newsroom.translation.field_labels import label_of
from newsroom.translation.memory.store import MemorySuggestion, suggestions
from newsroom.translation.models import SegmentComment
from newsroom.translation.segments import SegmentText
from newsroom.translation.termbase.terms import Termbase, TermHint


@dataclass(slots=True)
class SegmentRow:
    """A segment with its findings, term hints, suggestions and comments.

    ``text`` is the content of the form field: the translation, or a submitted text that
    was not saved because ``saved_meanwhile`` had been saved by another user.
    """

    segment: SegmentText
    text: str
    label: str
    findings: list[Finding]
    hints: list[TermHint] = field(default_factory=list)
    suggestions: list[MemorySuggestion] = field(default_factory=list)
    comments: list[SegmentComment] = field(default_factory=list)
    saved_meanwhile: str | None = None

    @property
    def has_warnings(self) -> bool:
        return bool(self.segment.translation) and (
            bool(self.findings)
            or self.segment.has_error
            or any(hint.is_missing or hint.used_deprecated for hint in self.hints)
        )

    @property
    def open_comments(self) -> list[SegmentComment]:
        return [comment for comment in self.comments if not comment.resolved_at]


SHOWN: dict[str, Any] = {
    "all": lambda row: True,
    "untranslated": lambda row: not row.segment.is_translated,
    "machine": lambda row: row.segment.is_machine_made,
    "unfinished": lambda row: row.segment.is_unfinished,
    "warnings": lambda row: row.has_warnings,
    "comments": lambda row: bool(row.open_comments),
}


def rows_of(translation: Translation) -> list[SegmentRow]:
    """Return the rows of all segments; the number of queries is constant."""
    source = translation.source.locale
    target = translation.target_locale
    checked = check_translation(translation)
    termbase = Termbase(source.language_code, target.language_code)
    near = suggestions(
        [segment for segment, _findings in checked],
        source=source.pk,
        target=target.pk,
        code=source.language_code,
    )
    comments: dict[str, list[SegmentComment]] = defaultdict(list)
    for comment in SegmentComment.objects.filter(
        translation=translation
    ).select_related("author"):
        comments[f"{comment.context_id}-{comment.string_id}"].append(comment)
    return [
        SegmentRow(
            segment=segment,
            text=segment.translation,
            label=" · ".join(map(str, label_of(segment.field_path))),
            findings=findings,
            hints=termbase.hints(segment.source, segment.translation),
            suggestions=[
                one for one in near[segment.key] if one.text != segment.translation
            ],
            comments=comments[segment.key],
        )
        for segment, findings in checked
    ]
