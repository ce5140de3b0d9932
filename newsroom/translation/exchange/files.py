"""What a file of a translation holds, whatever its format."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from newsroom.translation.segments import SegmentText, segments_of

# Bytes of a file that is read: the longest report has a hundredth of it.
MAX_BYTES = 20_000_000


class FileError(Exception):
    """A file that is refused; ``line`` is where, 0 where that says nothing."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line

    @property
    def said(self) -> str:
        """The message, with the line where there is one."""
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
    """One segment in a file. ``key`` names it (:attr:`SegmentText.key`)."""

    key: str
    source: str
    target: str
    line: int = 0
    note: str = ""
    is_machine_made: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """All segments of one article in one language. ``article`` is the translation key
    that its versions share, languages are codes."""

    article: str
    source_language: str
    target_language: str
    units: Sequence[Unit]


def document_of(translation: Translation) -> Document:
    """Return *translation* as it is to be written."""
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
    )
