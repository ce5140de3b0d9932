"""Query plans of the database use its indexes for every kind of query."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from search.models import Entry, FacetValue, Synonym, TermStatistic
from search.results.search import find
from tests.search.contract.questions import questions

# In the worker of the contract, which shares the archive.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("elasticsearch")]

# What a plan must not say, by database. A query that is all exclusions has to look at
# every row of the narrow table.
TABLES = [model._meta.db_table for model in (Entry, FacetValue, Synonym, TermStatistic)]
READS_A_TABLE = {
    "postgresql": re.compile("Seq Scan"),
    "sqlite": re.compile(rf"SCAN ({'|'.join(TABLES)})"),
}


def test_no_search_reads_a_table_as_a_whole(archive):
    read_whole = []
    plans = 0
    for search in questions(("kk", "ru", "en"), 60):
        with CaptureQueriesContext(connection) as captured:
            find(search)
        for query in captured.captured_queries:
            if query["sql"].startswith("SELECT"):
                plans += 1
                if READS_A_TABLE[connection.vendor].search(explained(query["sql"])):
                    read_whole.append(query["sql"])
    assert plans > 300
    assert read_whole == []


def explained(sql: str) -> str:
    """Return the plan, as the search's own transaction would get it from PostgreSQL."""
    command = {"postgresql": "EXPLAIN", "sqlite": "EXPLAIN QUERY PLAN"}
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{command[connection.vendor]} {sql}")
        return "\n".join(str(line[-1]) for line in cursor.fetchall())
