"""Stock Wagtail's index, filled with the entries of the archive."""

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
    """Make the articles, with the numbers of their entries, and index them; return
    how many were indexed in a second."""
    with connection.schema_editor() as editor:
        if StockArticle._meta.db_table in connection.introspection.table_names():
            editor.delete_model(StockArticle)
        editor.create_model(StockArticle)
    backend = get_search_backend()
    index = backend.get_index_for_model(StockArticle)
    index.reset()  # of an earlier run
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
    """What returns the numbers of the first *limit* that stock Wagtail finds."""
    backend = get_search_backend()

    def ask(text: str) -> list[int]:
        return [article.pk for article in backend.search(text, StockArticle)[:limit]]

    return ask
