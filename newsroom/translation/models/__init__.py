"""Models of the translation desk that supplement those of wagtail-localize."""

from newsroom.translation.models.comments import SegmentComment
from newsroom.translation.models.machine import DraftReading
from newsroom.translation.models.manual_edits import ManualEdit
from newsroom.translation.models.memory import ImportedUnit, MemoryFile, MemoryKey
from newsroom.translation.models.releases import Release, ReleaseLanguage
from newsroom.translation.models.status import SourceSnapshot, TranslationStatus
from newsroom.translation.models.termbase import Concept, Term
from newsroom.translation.models.unfinished import UnfinishedText

__all__ = [
    "Concept",
    "DraftReading",
    "ImportedUnit",
    "ManualEdit",
    "MemoryFile",
    "MemoryKey",
    "Release",
    "ReleaseLanguage",
    "SegmentComment",
    "SourceSnapshot",
    "Term",
    "TranslationStatus",
    "UnfinishedText",
]
