"""On PostgreSQL, publications and the count of words never wait for each other."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection, connections

from search.index import entries, facet_names, term_statistics
from search.models import FacetName
from tests.search.records import place, put, record
from tests.search.replica.running import PATIENCE_SECONDS
from tests.servers.processes import wait_until

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql",
        reason="SQLite has one writer at a time: no transaction can wait",
    ),
]


def a_transaction_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def apply_deltas() -> int:
    try:
        return term_statistics.apply_deltas()
    finally:
        connections.close_all()


def test_a_name_is_changed_while_its_entries_are_counted(own_database, monkeypatch):
    put(record("one", values=[place("aktau", kk="Ақтау")]))
    monkeypatch.setattr(term_statistics, "apply_some_deltas", lambda: None)
    entries.put(record("two", values=[place("aktau", kk="Ақтау")]))
    rename, counted = facet_names.rename, Future()

    def rename_once_the_other_waits(values):
        nonlocal counted
        counted = pool.submit(apply_deltas)
        assert wait_until(a_transaction_waits, PATIENCE_SECONDS)
        rename(values)

    monkeypatch.setattr(facet_names, "rename", rename_once_the_other_waits)
    with ThreadPoolExecutor(1) as pool:
        entries.put(record("three", values=[place("aktau", kk="Ақтау қаласы")]))
        assert counted.result(PATIENCE_SECONDS) == 1
    (row,) = FacetName.objects.filter(facet="place")
    assert (row.name, row.entries) == ("Ақтау қаласы", 2)
