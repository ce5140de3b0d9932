"""Filling of stock Wagtail's index with the entries of the archive."""

from collections.abc import Callable
from itertools import islice
from time import perf_counter

from django.db import connection
from modelsearch.backends import get_search_backend

from benchmarks.search.stock.models import StockArticle
from search.models import Entry

AT_ONCE = 500
FIELDS = ("pk", "locale", "title", "lead", "names", "body")


def fill() -> float:
    """Create the articles with their entries' primary keys, and index them.

    Returns the number of articles indexed per second.
    """
    with connection.schema_editor() as editor:
        if StockArticle._meta.db_table in connection.introspection.table_names():
            editor.delete_model(StockArticle)
        editor.create_model(StockArticle)
    backend = get_search_backend()
    index = backend.get_index_for_model(StockArticle)
    index.reset()  # remove the index of an earlier run
    started = perf_counter()
    rows = Entry.objects.order_by("pk").values_list(*FIELDS).iterator(AT_ONCE)
    count = 0
    while batch := [
        StockArticle(**dict(zip(FIELDS, row, strict=True)))
        for row in islice(rows, AT_ONCE)
    ]:
        StockArticle.objects.bulk_create(batch)
        index.add_items(StockArticle, batch)
        count += len(batch)
    return count / (perf_counter() - started)


def asking(limit: int) -> Callable[[str], list[int]]:
    """Return a function that gives the primary keys of the first *limit* results."""
    backend = get_search_backend()

    def ask(text: str) -> list[int]:
        return [article.pk for article in backend.search(text, StockArticle)[:limit]]

    return ask
