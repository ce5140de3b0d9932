"""The models of translation: the termbase, and how far each translation is."""

from newsroom.translation.models.termbase import Concept, Term
from newsroom.translation.models.versions import TranslationBasis, VersionState

__all__ = ["Concept", "Term", "TranslationBasis", "VersionState"]
