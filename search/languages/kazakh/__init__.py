"""Kazakh morphology: stems of words, their analyses, and inflected forms.

    >>> stem("мектептеріміздегі")
    'мектеп'
    >>> stems("алтын")
    ('алтын',)

Only the standard library is needed. `docs/kazakh.md` explains the method.
"""

from .morphology.disambiguation import Analysis
from .morphology.generation import inflect
from .stemmer import analyses, exact, folded, prefix, stem, stems

__all__ = [
    "Analysis",
    "analyses",
    "exact",
    "folded",
    "inflect",
    "prefix",
    "stem",
    "stems",
]
