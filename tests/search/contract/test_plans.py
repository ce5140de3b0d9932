"""How PostgreSQL goes about it: by its indexes, whatever is asked."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from search.results import find
from tests.search.contract.questions import questions

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="these are PostgreSQL's plans"
    ),
]


def test_no_search_reads_a_table_as_a_whole(archive):
    read_whole = []
    plans = 0
    for search in questions(("kk", "ru", "en"), 60):
        with CaptureQueriesContext(connection) as captured:
            find(search)
        for query in captured.captured_queries:
            if query["sql"].startswith("SELECT"):
                plan = explained(query["sql"])
                plans += 1
                read_whole += [query["sql"]] if "Seq Scan" in plan else []
    assert plans > 300
    assert read_whole == []


def explained(sql: str) -> str:
    """The plan, as the search's own transaction would get it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())
