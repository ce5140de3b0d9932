"""Models of the translation desk that supplement those of wagtail-localize."""

from newsroom.translation.models.comments import SegmentComment
from newsroom.translation.models.handmade import HandmadeEdit
from newsroom.translation.models.machine import DraftReading
from newsroom.translation.models.memory import ImportedUnit, MemoryFile, MemoryKey
from newsroom.translation.models.releases import Release, ReleaseLanguage
from newsroom.translation.models.termbase import Concept, Term
from newsroom.translation.models.unfinished import UnfinishedText
from newsroom.translation.models.versions import TranslationBasis, VersionState

__all__ = [
    "Concept",
    "DraftReading",
    "HandmadeEdit",
    "ImportedUnit",
    "MemoryFile",
    "MemoryKey",
    "Release",
    "ReleaseLanguage",
    "SegmentComment",
    "Term",
    "TranslationBasis",
    "UnfinishedText",
    "VersionState",
]
