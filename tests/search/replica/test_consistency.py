"""``check_search`` finds and repairs differences."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from search.index import entries
from search.models import Entry
from search.replica import schema
from search.replica.cluster import writing_client
from search.replica.rebuilding import Rebuild
from search.replica.sync import follow
from tests.search.records import record
from tests.search.replica.archive import assert_answers_agree, filled
from tests.search.replica.running import assert_same

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def client(own_database, cluster):
    filled(30)
    client = writing_client(cluster)
    Rebuild(client, cluster, str).run()
    return client


def check(*arguments: str) -> str:
    """Return the output of the command, prefixed with ``failed`` if it fails."""
    told = StringIO()
    try:
        call_command("check_search", *arguments, stdout=told)
    except CommandError as error:
        return f"failed: {error}\n{told.getvalue()}"
    return told.getvalue()


def test_check_search_reports_an_index_in_step(client):
    assert "Elasticsearch: missing 0, stale 0, orphans 0." in check()
    assert "Changes waiting: 0" in check()


def test_manual_changes_of_the_index_are_repaired(client, cluster, settings):
    index = cluster.index
    for number in range(3):
        client.delete(index=index, id=f"old-{number}:kk")
    documents = schema.documents(["old-5:kk", "old-6:kk"])
    for key, document in documents.items():
        client.index(index=index, id=key, document=document | {"seq": 1})
    orphan = documents["old-5:kk"] | {"seq": 10_000_000}
    client.index(index=index, id="orphan:kk", document=orphan)
    said = check()
    assert said.startswith("failed: ")
    assert "Elasticsearch: missing 3, stale 2, orphans 1." in said
    said = check("--repair")
    assert "Elasticsearch, before: missing 3, stale 2, orphans 1." in said
    assert "Elasticsearch: missing 0, stale 0, orphans 0." in said
    follow(client, index)
    assert_same(cluster)
    assert_answers_agree(cluster, settings)


def test_repaired_documents_can_be_changed_again(client, cluster):
    client.delete(index=cluster.index, id="old-1:kk")
    check("--repair")
    entries.put(record("old-1", "кейін"))
    entries.remove(["old-2:kk"])
    follow(client, cluster.index)
    assert_same(cluster)


def test_changes_not_yet_synced_are_repaired_too(client, cluster):
    entries.put(record("new", "форум"))
    entries.remove(["old-2:kk"])
    assert "missing 1, stale 0, orphans 1" in check()
    check("--repair")
    assert_same(cluster)
    follow(client, cluster.index)
    assert_same(cluster)


def test_missing_and_surplus_rows_of_the_database_engine_are_repaired(client, settings):
    first, second, third = Entry.objects.order_by("pk")[:3]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_facts WHERE entry_id = %s", [first.pk])
        cursor.execute(
            "UPDATE search_facts SET published = 1 WHERE entry_id = %s", [second.pk]
        )
        cursor.execute(
            "UPDATE search_facts SET locale = 'ru' WHERE entry_id = %s", [third.pk]
        )
    assert "Database: missing 1, stale 2, orphans 0." in check()
    assert "Database: missing 0, stale 0, orphans 0." in check("--repair")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of SQLite's own table")
def test_words_that_sqlite_has_lost_or_has_too_many_are_found(client):
    entry = Entry.objects.order_by("pk").first()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_terms (rowid, exact) VALUES (9999, 'x')")
        cursor.execute("INSERT INTO search_terms (search_terms) VALUES ('delete-all')")
        cursor.execute(
            "INSERT INTO search_terms (rowid, exact) VALUES (%s, 'x')", [entry.pk]
        )
        cursor.execute("INSERT INTO search_terms (rowid, exact) VALUES (9999, 'x')")
    assert "Database: missing 29, stale 0, orphans 1." in check()
    assert "Database: missing 0, stale 0, orphans 0." in check("--repair")


def test_check_search_reports_an_unavailable_cluster(
    client, elasticsearch, set_up, cluster
):
    set_up("http://127.0.0.1:9")
    assert check().startswith("failed: Elasticsearch is unavailable")
