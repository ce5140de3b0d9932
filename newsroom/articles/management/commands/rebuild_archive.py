"""Command that rebuilds the search archive: articles, names and terms."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from newsroom.articles.facets import entity_models
from newsroom.articles.index_documents import (
    document_id_of,
    rename,
    rename_section,
    synchronise,
)
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.articles.signals import archive_rebuilt
from search.index import entries

BATCH_SIZE = 100  # objects in memory, and in one transaction, at a time


class Command(BaseCommand):
    help = (
        "Rewrite the index entry of every live article, delete entries without a live "
        "article, and send all names and terms to the search again."
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
    """Rebuild the entries of all live articles; return (articles, dropped entries)."""
    count = _in_batches(ArticlePage.objects.live(), synchronise)
    with transaction.atomic():  # no publication may happen between the two queries
        known = set(entries.document_ids())
        live = {
            document_id_of(article) for article in ArticlePage.objects.live().only("pk")
        }
        dropped = entries.remove(known - live)
    return count, dropped


def _rename_all() -> int:
    """Update the labels of all sections and entities; return how many there are."""
    count = _in_batches(_one_of_each(SectionPage), partial(_for_each, rename_section))
    for model in entity_models():
        count += _in_batches(_one_of_each(model), partial(_for_each, rename))
    return count


def _one_of_each(model: Any) -> QuerySet:
    """Return a queryset with one row (lowest primary key) for each translation key."""
    others = model.objects.filter(translation_key=OuterRef("translation_key"))
    return model.objects.exclude(Exists(others.filter(pk__lt=OuterRef("pk"))))


def _for_each(record: Callable[[Any], None], rows: Iterable[Any]) -> None:
    for row in rows:
        record(row)


def _in_batches(rows: QuerySet, record: Callable[[list[Any]], None]) -> int:
    """Pass all *rows* to *record*, one transaction per batch; return their number."""
    count = last = 0
    while True:
        with transaction.atomic():
            batch = list(rows.filter(pk__gt=last).order_by("pk")[:BATCH_SIZE])
            if not batch:
                return count
            record(batch)
        count, last = count + len(batch), batch[-1].pk
