"""Write the search's entries anew from the articles."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from newsroom.articles.models import ArticlePage
from newsroom.articles.records import key_of, synchronise
from search import entries

BATCH_SIZE = 100  # articles in memory, and in one transaction, at a time


class Command(BaseCommand):
    help = "Write the entry of every live article anew, and drop those without one."

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = list(
            ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)
        )
        for start in range(0, len(numbers), BATCH_SIZE):
            with transaction.atomic():
                batch = numbers[start : start + BATCH_SIZE]
                synchronise(ArticlePage.objects.filter(pk__in=batch))
        with transaction.atomic():  # nobody publishes between the two look-ups
            known = set(entries.keys())
            live = {
                key_of(article) for article in ArticlePage.objects.live().only("pk")
            }
            dropped = entries.remove(known - live)
        if options["verbosity"]:
            self.stdout.write(f"Articles: {len(numbers)}; entries dropped: {dropped}.")
