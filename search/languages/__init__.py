"""Text analysis: from text to terms, for every language of the archive.

The package is pure Python and does not depend on Django.

>>> [term.stems for term in analyse("Қалалардың әкімдері", "kk")]
[('қала',), ('әкім',)]
"""

from .analysis import analyse
from .detection import Guess, detect_language, detect_script
from .function_words import function_words
from .keys import word_keys
from .old_fonts import has_own_letters, restore_text
from .queries import analyse_query, other_words
from .registry import has_analyser, languages, register
from .terms import VARIANT_WEIGHTS, Alternative, AnalysedTerm, QueryWord, Variants

__all__ = [
    "VARIANT_WEIGHTS",
    "Alternative",
    "AnalysedTerm",
    "Guess",
    "QueryWord",
    "Variants",
    "analyse",
    "analyse_query",
    "detect_language",
    "detect_script",
    "function_words",
    "has_analyser",
    "has_own_letters",
    "languages",
    "other_words",
    "register",
    "restore_text",
    "word_keys",
]
