"""The contents of a translation file, in any format."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from newsroom.translation.exchange.unit_states import UnitState
from newsroom.translation.segments import SegmentText, segments_of

# Limits for one article's file. The longest report has 200 kB of text in 600 segments;
# as UTF-16, with the additions of a tool, its file has a quarter of this size.
MAX_BYTES = 2_000_000
MAX_UNITS = 5_000
MAX_TEXT_LENGTH = 50_000  # characters of a unit
# Control characters. PostgreSQL cannot store U+0000.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class FileError(Exception):
    """A file is refused; ``line`` is the line number, 0 if it is not meaningful."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line

    @property
    def said(self) -> str:
        """The message, after the line number if there is one."""
        where = _("Line %(line)d:") % {"line": self.line} if self.line else ""
        return f"{where} {self}".strip()


def refuse_large(size: int, limit: int) -> None:
    """Raise FileError for a file of more than *limit* bytes."""
    if size > limit:
        raise FileError(
            _("The file is larger than %(size)d MB.") % {"size": limit // 1_000_000}
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """One segment in a file; ``key`` is its :attr:`SegmentText.key`.

    ``is_machine_made`` is true if a machine made the target and no person has accepted
    it.
    """

    key: str
    source: str
    target: str
    line: int = 0
    note: str = ""
    is_machine_made: bool = False
    state: UnitState = UnitState.TRANSLATED


@dataclass(frozen=True, slots=True)
class Document:
    """All segments of one article in one language.

    ``article`` is the translation key that its versions share; languages are codes.
    """

    article: str
    source_language: str
    target_language: str
    units: Sequence[Unit]


def within_limits(document: Document) -> Document:
    """Return *document* if it respects the limits.

    Raises FileError, with the line, if it is too large or a translation contains
    control characters.
    """
    for number, unit in enumerate(document.units, start=1):
        if number > MAX_UNITS:
            raise FileError(
                _("The file has more than %(limit)d segments.") % {"limit": MAX_UNITS},
                unit.line,
            )
        if max(len(unit.source), len(unit.target)) > MAX_TEXT_LENGTH:
            raise FileError(
                _("A segment has more than %(limit)d characters.")
                % {"limit": MAX_TEXT_LENGTH},
                unit.line,
            )
        if found := _CONTROL.search(unit.target):
            raise FileError(
                _("The character U+%(code)s cannot be stored.")
                % {"code": f"{ord(found[0]):04X}"},
                unit.line,
            )
    return document


def document_of(translation: Translation) -> Document:
    """Return the document to export for *translation*."""
    return Document(
        article=str(translation.source.object_id),
        source_language=translation.source.locale.language_code,
        target_language=translation.target_locale.language_code,
        units=[_unit(segment) for segment in segments_of(translation)],
    )


def _unit(segment: SegmentText) -> Unit:
    return Unit(
        key=segment.key,
        source=segment.source,
        target=segment.translation,
        note=segment.field_path,
        is_machine_made=segment.is_machine_made,
        state=UnitState.UNFINISHED if segment.is_unfinished else UnitState.TRANSLATED,
    )
