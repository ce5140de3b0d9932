"""The preview of the changes in an imported file."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from newsroom.access.users import AnyUser
from newsroom.articles.models import ArticlePage
from newsroom.articles.word_diff import DiffPiece, word_diff
from newsroom.sanitising.canonical import elements_of
from newsroom.sanitising.cleaning import clean_segment
from newsroom.sanitising.nesting import MAX_NESTING, depth_of
from newsroom.translation.exchange.files import Document, FileError, Unit
from newsroom.translation.exchange.outcomes import (
    UnitOutcome,
    outcome_of,
    present_outcome,
)
from newsroom.translation.permissions import may_edit
from newsroom.translation.segments import SegmentText, segments_of
from newsroom.translation.sources import target_of
from newsroom.translation.status.review import is_editable

# The tool name of machine drafts that come from a file.
FROM_FILE = "file"


@dataclass(frozen=True, slots=True)
class Changed:
    """A segment that receives another translation or another state from a file."""

    segment: SegmentText
    text: str
    outcome: UnitOutcome

    @property
    def is_accepted(self) -> bool:
        """Whether only the state changes, to finished."""
        is_same = self.text == self.segment.translation
        return is_same and self.outcome == UnitOutcome.FINISHED

    @property
    def is_unfinished(self) -> bool:
        return self.outcome == UnitOutcome.UNFINISHED

    @property
    def is_machine_made(self) -> bool:
        return self.outcome == UnitOutcome.MACHINE

    @property
    def pieces(self) -> list[DiffPiece]:
        return word_diff(self.segment.translation, self.text)


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes in a file; ``outdated`` units belong to an earlier source text."""

    translation: Translation
    page: ArticlePage
    changed: list[Changed]
    same: int
    empty: int
    outdated: list[Unit]


def plan(document: Document, *, user: AnyUser, take_matching: bool = False) -> Plan:
    """Return the changes that *document* would make.

    Raises FileError if it belongs to no translation here, has outdated units (unless
    *take_matching*) or forbidden markup, or if *user* may not change the translation.
    """
    translation = _translation_of(document)
    page = target_of(translation)
    if page is None or not may_edit(user, page):
        raise FileError(_("You may not edit this translation."))
    if not is_editable(translation, page, user):
        raise FileError(
            _("It is in review: until it comes back, only its editors change it.")
        )
    segments = {segment.key: segment for segment in segments_of(translation)}
    units = _each_once(document)
    known = [unit for unit in units if _fits(unit, segments)]
    outdated = [unit for unit in units if not _fits(unit, segments)]
    if outdated and not take_matching:
        raise FileError(
            _("The file is older than the original: %(count)d segments have changed.")
            % {"count": len(outdated)},
            outdated[0].line,
        )
    for unit in known:
        refuse_markup(unit.target, unit.line)
    filled = [unit for unit in known if unit.target.strip()]
    changed = [one for unit in filled if (one := _changed(unit, segments[unit.key]))]
    return Plan(
        translation=translation,
        page=page,
        changed=changed,
        same=len(filled) - len(changed),
        empty=len(known) - len(filled),
        outdated=outdated,
    )


def _changed(unit: Unit, segment: SegmentText) -> Changed | None:
    outcome = outcome_of(unit, segment)
    if unit.target == segment.translation and outcome == present_outcome(segment):
        return None
    return Changed(segment, unit.target, outcome)


def _translation_of(document: Document) -> Translation:
    found = Translation.objects.filter(
        source__object_id=_uuid(document.article), enabled=True
    ).select_related("source__locale", "target_locale")
    if not document.target_language:
        raise FileError(_("The file does not say which language it is in."))
    translation = found.filter(
        target_locale__language_code=document.target_language
    ).first()
    if translation is None:
        raise FileError(
            _("The file is of an article that is not translated here into “%(code)s”.")
            % {"code": document.target_language}
        )
    # PO has no standard header for the source language; a tool may have removed ours.
    if document.source_language not in ("", translation.source.locale.language_code):
        raise FileError(
            _("The file is from another language than the translation: “%(code)s”.")
            % {"code": document.source_language}
        )
    return translation


def _uuid(text: str) -> Any:
    try:
        return UUID(text)
    except ValueError as error:
        raise FileError(_("The file does not say which article it is of.")) from error


def _fits(unit: Unit, segments: dict[str, SegmentText]) -> bool:
    segment = segments.get(unit.key)
    return segment is not None and segment.source == unit.source


def _each_once(document: Document) -> list[Unit]:
    """Return the units of *document* without repetitions.

    A file may repeat the unit of a repeated text, with or without its translation.
    Raises FileError if a unit has two different translations.
    """
    units: dict[tuple[str, str], Unit] = {}
    for unit in document.units:
        name = unit.key, unit.source
        known = units.setdefault(name, unit)
        if not known.target.strip():
            units[name] = unit
        elif unit.target.strip() and unit.target != known.target:
            message = _("A segment appears twice, with different translations.")
            raise FileError(message, unit.line)
    return list(units.values())


def refuse_markup(html: str, line: int) -> None:
    """Raise FileError for markup that cleaning would remove.

    Such markup is no accident of a tool.
    """
    if "<" not in html:
        return
    if depth_of(html) > MAX_NESTING:  # checked before any parser reads it
        raise FileError(
            _("Elements are nested more than %(limit)d deep.") % {"limit": MAX_NESTING},
            line,
        )
    for tag in elements_of(html) - elements_of(clean_segment(html)):
        raise FileError(
            _("A segment has markup that is not allowed: %(tag)s") % {"tag": tag}, line
        )
