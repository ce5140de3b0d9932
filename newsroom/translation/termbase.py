"""The transfer of the termbase to the readers' search."""

from django.db import transaction

from newsroom.translation.models import Concept, Term
from search.index import synonyms


def tell(number: int) -> None:
    """Store the terms of the concept with this primary key as search synonyms.

    A reader's query for one term finds articles that contain another term of the same
    concept. Deprecated terms are left out. A concept without terms in use, or a deleted
    one, is removed.
    """
    terms = Term.objects.filter(concept=number).in_use().best_first()
    texts: dict[str, list[str]] = {}
    for code, text in terms.values_list("locale__language_code", "text"):
        texts.setdefault(code, []).append(text)
    synonyms.put(f"concept:{number}", texts)


def tell_all(batch_size: int) -> None:
    """Update the search synonyms of every concept.

    *batch_size* is the number of concepts in memory and in one transaction.
    """
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
