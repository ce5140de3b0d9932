"""Tell the search everything anew: articles, names and terms."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from newsroom.articles.facets import entity_models
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.articles.records import key_of, rename, rename_section, synchronise
from newsroom.articles.signals import archive_rebuilt
from search import entries

BATCH_SIZE = 100  # objects in memory, and in one transaction, at a time


class Command(BaseCommand):
    help = (
        "Write the entry of every live article anew, drop those without one, "
        "and tell the search all names and terms again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        articles, dropped = _rebuild_entries()
        names = _rename_all()
        archive_rebuilt.send(type(self), batch_size=BATCH_SIZE)
        if options["verbosity"]:
            self.stdout.write(
                f"Articles: {articles}; entries dropped: {dropped}; names: {names}."
            )


def _rebuild_entries() -> tuple[int, int]:
    """Return how many articles have their entries anew, and how many entries were
    dropped."""
    count = _in_batches(ArticlePage.objects.live(), synchronise)
    with transaction.atomic():  # nobody publishes between the two look-ups
        known = set(entries.keys())
        live = {key_of(article) for article in ArticlePage.objects.live().only("pk")}
        dropped = entries.remove(known - live)
    return count, dropped


def _rename_all() -> int:
    """Return how many sections and entities were named again, each in all its
    languages."""
    count = _in_batches(_one_of_each(SectionPage), partial(_for_each, rename_section))
    for model in entity_models():
        count += _in_batches(_one_of_each(model), partial(_for_each, rename))
    return count


def _one_of_each(model: Any) -> QuerySet:
    """Return the first row of each thing that has one for every language it is named
    in."""
    others = model.objects.filter(translation_key=OuterRef("translation_key"))
    return model.objects.exclude(Exists(others.filter(pk__lt=OuterRef("pk"))))


def _for_each(tell: Callable[[Any], None], rows: Iterable[Any]) -> None:
    for row in rows:
        tell(row)


def _in_batches(rows: QuerySet, tell: Callable[[list[Any]], None]) -> int:
    """Hand all *rows* to *tell*, each batch in a transaction; return how many."""
    count = last = 0
    while True:
        with transaction.atomic():
            batch = list(rows.filter(pk__gt=last).order_by("pk")[:BATCH_SIZE])
            if not batch:
                return count
            tell(batch)
        count, last = count + len(batch), batch[-1].pk
