"""The termbase as the readers' search knows it."""

from django.db import transaction

from newsroom.translation.models import Concept, Term
from search import equivalents


def tell(number: int) -> None:
    """Tell the search what the concept with this primary key is called now.

    Readers who type a term find articles that have another one of the same concept.
    Deprecated terms lead nowhere; a concept that has none in use, or is no more, is
    forgotten.
    """
    terms = Term.objects.filter(concept=number).in_use().best_first()
    texts: dict[str, list[str]] = {}
    for code, text in terms.values_list("locale__language_code", "text"):
        texts.setdefault(code, []).append(text)
    equivalents.put(f"concept:{number}", texts)


def tell_all(batch_size: int) -> None:
    """Tell the search of every concept; so many in memory, and in one
    transaction, at a time."""
    last = 0
    while True:
        concepts = Concept.objects.filter(pk__gt=last).order_by("pk")
        numbers = list(concepts.values_list("pk", flat=True)[:batch_size])
        if not numbers:
            return
        with transaction.atomic():
            for number in numbers:
                tell(number)
        last = numbers[-1]
