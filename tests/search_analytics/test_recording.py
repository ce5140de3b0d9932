import logging

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsroom.search_analytics import recording
from newsroom.search_analytics.models import QueryCount
from newsroom.search_analytics.recording import (
    MAX_WAIT_MILLISECONDS,
    short_busy_timeout,
)
from newsroom.worker import schedule
from tests.search_analytics.factories import count, search_for

pytestmark = pytest.mark.django_db


def test_searches_of_a_day_are_one_row():
    search_for("Форум", total=0)
    search_for("  форум ", total=3)
    search_for("ФОРУМ", total=0)
    row = QueryCount.objects.get()
    assert (row.day, row.language, row.text) == (timezone.localdate(), "kk", "форум")
    assert (row.searches, row.without_results, row.last_total) == (3, 2, 0)


def test_nothing_is_stored_but_what_was_asked_and_found():
    assert {field.name for field in QueryCount._meta.get_fields()} == {
        "id",
        "day",
        "language",
        "text",
        "searches",
        "without_results",
        "last_total",
    }


def test_each_language_is_counted_for_itself():
    search_for("форум", locales=("kk",))
    search_for("форум", locales=("ru",))
    search_for("форум", locales=("kk", "ru", "en"))
    assert set(QueryCount.objects.values_list("language", "searches")) == {
        ("kk", 1),
        ("ru", 1),
        ("all", 1),
    }


def test_leafing_through_results_is_one_search():
    search_for("форум")
    search_for("форум", is_first_page=False)
    assert QueryCount.objects.get().searches == 1


@pytest.mark.parametrize(
    "details",
    [{"text": "a@mail.kz"}, {"text": "фьфшд", "read_as": "a@mail.kz"}],
    ids=["as typed", "as read"],
)
def test_a_personal_query_leaves_no_trace(details):
    search_for(**details)
    assert not QueryCount.objects.exists()


def test_a_search_that_was_counted_today_costs_one_statement(
    django_assert_num_queries,
):
    search_for("форум")
    with django_assert_num_queries(3) as queries:  # a savepoint around it, here
        search_for("форум")
    assert [query["sql"].split()[0] for query in queries] == [
        "SAVEPOINT",
        "INSERT",
        "RELEASE",
    ]


def test_a_row_that_another_process_has_just_made_is_added_to():
    count("форум", searches=1, without_results=1)
    search_for("форум", total=7)
    row = QueryCount.objects.get()
    assert (row.searches, row.without_results, row.last_total) == (2, 1, 7)


def test_an_error_is_logged_and_harms_nothing_else(monkeypatch, caplog):
    count("before")
    with monkeypatch.context() as patch:
        patch.setattr(
            recording, "COUNT", "SELECT no_such_column FROM insight_querycount"
        )
        search_for("форум")
    assert QueryCount.objects.get().text == "before"
    (record,) = [
        r for r in caplog.records if r.name == "newsroom.search_analytics.recording"
    ]
    assert record.levelno == logging.WARNING
    assert issubclass(record.exc_info[0], DatabaseError)


def test_outside_a_transaction_a_search_is_counted_by_one_statement(own_database):
    for total in (0, 5):
        with CaptureQueriesContext(connection) as captured:
            search_for("форум", total=total)
        # On SQLite, two more set a time-out and restore it.
        assert len(captured) == (3 if connection.vendor == "sqlite" else 1)
    row = QueryCount.objects.get()
    assert (row.text, row.searches, row.without_results) == ("форум", 2, 1)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("0",)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a limit of SQLite's own")
def test_a_locked_file_is_waited_for_briefly_and_patience_returns():
    def patience() -> int:
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA busy_timeout").fetchone()[0]

    usual = patience()
    with short_busy_timeout(connection):
        assert patience() == MAX_WAIT_MILLISECONDS < usual
    assert patience() == usual


def test_old_counts_are_forgotten_by_command(capsys):
    count("old", days_ago=400)
    count("kept", days_ago=399)
    call_command("purge_search_insight")
    assert QueryCount.objects.get().text == "kept"
    assert capsys.readouterr().out == "Counts deleted: 1.\n"


def test_the_worker_forgets_old_counts():
    for days_ago in (400, 401, 402, 10):
        count(f"of {days_ago}", days_ago=days_ago)
    schedule.run_jobs(schedule.HOUR)
    assert QueryCount.objects.get().text == "of 10"
