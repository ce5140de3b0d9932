"""Factories of concepts."""

from typing import Any

from newsroom.translation.models import Concept, Term
from tests.factories import locale_of


def make_concept(terms: dict[str, str], **fields: Any) -> Concept:
    """Create a concept with one approved term in each language, by code."""
    concept = Concept(**fields)
    concept.terms = [
        Term(locale=locale_of(code), text=text, status=Term.Status.APPROVED)
        for code, text in terms.items()
    ]
    concept.save()
    return concept
