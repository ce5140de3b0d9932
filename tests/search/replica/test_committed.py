"""On PostgreSQL, no row of the log is skipped because it is committed late."""

import threading
from concurrent.futures import ThreadPoolExecutor
from random import Random

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from search.index import change_log
from tests.search.replica.running import PATIENCE_SECONDS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql",
        reason="SQLite has one writer at a time: numbers come in the order of commits",
    ),
]
WRITERS, TRANSACTIONS_EACH = 4, 60


class Publication:
    """A transaction in a thread of its own, that goes on as it is told."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.is_begun, self.may_log = threading.Event(), threading.Event()
        self.is_logged, self.may_end = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        assert self.is_begun.wait(PATIENCE_SECONDS)

    def _run(self) -> None:
        with transaction.atomic():
            # A publication writes its page first.
            connection.cursor().execute("SELECT pg_current_xact_id()")
            self.is_begun.set()
            self.may_log.wait(PATIENCE_SECONDS)
            change_log.log([self.key])
            self.is_logged.set()
            self.may_end.wait(PATIENCE_SECONDS)
        connections.close_all()

    def log(self) -> None:
        self.may_log.set()
        assert self.is_logged.wait(PATIENCE_SECONDS)

    def end(self) -> None:
        self.may_end.set()
        self.thread.join(PATIENCE_SECONDS)


def settled_keys() -> list[str]:
    return [line.key for line in change_log.committed(0, 10_000)]


def test_a_line_waits_for_one_with_a_lower_number_that_is_not_committed(own_database):
    early = Publication("early")
    late = Publication("late")
    early.log()
    late.log()
    late.end()
    before = settled_keys()
    early.end()
    assert before == []
    assert settled_keys() == ["early", "late"]


def test_a_transaction_begun_later_with_a_lower_number_is_waited_for(own_database):
    late = Publication("late")
    early = Publication("early")
    early.log()
    late.log()
    late.end()
    before = settled_keys()
    early.end()
    assert before == []
    assert settled_keys() == ["early", "late"]


def test_a_row_does_not_wait_for_a_later_transaction(own_database):
    first = Publication("first")
    first.log()
    first.end()
    behind = Publication("behind")
    behind.log()
    before = settled_keys()
    behind.end()
    assert before == ["first"]
    assert change_log.newest_committed().key == "behind"


def test_who_follows_under_load_sees_every_line_once_and_in_order(own_database):
    def publish(number: int) -> None:
        random = Random(number)
        for turn in range(TRANSACTIONS_EACH):
            with transaction.atomic():
                connection.cursor().execute("SELECT pg_current_xact_id()")
                for part in range(random.randrange(1, 4)):
                    change_log.log([f"{number}/{turn}/{part}"])
                    pause = random.random() / 200
                    connection.cursor().execute("SELECT pg_sleep(%s)", [pause])
                if random.random() < 0.2:
                    transaction.set_rollback(True)
        connections.close_all()

    seen: list[int] = []
    rounds_with_news = 0
    with ThreadPoolExecutor(WRITERS) as pool:
        running = [pool.submit(publish, number) for number in range(WRITERS)]
        while not all(one.done() for one in running):
            lines = change_log.committed(seen[-1] if seen else 0, 50)
            seen += [line.seq for line in lines]
            rounds_with_news += bool(lines)
        for one in running:
            one.result()
    while lines := change_log.committed(seen[-1] if seen else 0, 50):
        seen += [line.seq for line in lines]
    with psycopg.connect(own_database) as other:
        rows = other.execute("SELECT seq FROM search_change ORDER BY seq").fetchall()
    assert seen == [seq for (seq,) in rows]
    # It is not that all was held back to the end.
    assert rounds_with_news > TRANSACTIONS_EACH
