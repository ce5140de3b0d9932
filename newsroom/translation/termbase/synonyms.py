"""The transfer of the termbase to the readers' search."""

from django.db import transaction

from newsroom.translation.models import Concept, Term
from search.index import synonyms


def transfer(pk: int) -> None:
    """Store the terms of the concept with this primary key as search synonyms.

    A reader's query for one term finds articles that contain another term of the same
    concept. Deprecated terms are left out. A concept without terms in use, or a deleted
    one, is removed.
    """
    terms = Term.objects.filter(concept=pk).in_use().best_first()
    texts: dict[str, list[str]] = {}
    for code, text in terms.values_list("locale__language_code", "text"):
        texts.setdefault(code, []).append(text)
    synonyms.put(f"concept:{pk}", texts)


def transfer_all(batch_size: int) -> None:
    """Update the search synonyms of every concept.

    *batch_size* is the number of concepts in memory and in one transaction.
    """
    last = 0
    while True:
        concepts = Concept.objects.filter(pk__gt=last).order_by("pk")
        pks = list(concepts.values_list("pk", flat=True)[:batch_size])
        if not pks:
            return
        with transaction.atomic():
            for pk in pks:
                transfer(pk)
        last = pks[-1]
