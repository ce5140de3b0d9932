"""Workers that are processes of their own, and are killed as such."""

import signal
from contextlib import contextmanager
from random import Random

import pytest
from django.db import DatabaseError, InterfaceError, connection
from wagtail.models import Page

from newsroom.articles.models import ArticlePage
from search.models import Change, Entry
from search.replica.cluster import writing_client
from search.results.search import search_archive
from tests.factories import make_article, make_section
from tests.search.replica.archive import assert_answers_agree, change, filled
from tests.search.replica.running import (
    PATIENCE_SECONDS,
    assert_same,
    kill,
    process,
    seconds_until_in_step,
)
from tests.servers.processes import wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

SYNC, WORKER = ["manage.py", "sync_search"], ["manage.py", "worker"]


@contextmanager
def running(command, database, cluster, log):
    started = process(command, database, cluster, log)
    try:
        yield started
    finally:
        if started.poll() is None:
            kill(started)


def test_a_worker_that_is_killed_half_way_loses_and_doubles_nothing(
    own_database, cluster, settings, tmp_path
):
    filled(300)
    random, log = Random(9), tmp_path / "log"
    client = writing_client(cluster)

    def has_written_some() -> bool:
        return bool(client.indices.exists(index=f"{cluster.index}-*"))

    with running(SYNC, own_database, cluster, log) as worker:
        assert wait_until(has_written_some, PATIENCE_SECONDS), log.read_text()
        kill(worker)
    for _ in range(40):
        change(random)
    with running(SYNC, own_database, cluster, log) as worker:
        seconds_until_in_step(cluster)
        for _ in range(40):
            change(random)
        kill(worker)
    for _ in range(10):
        change(random)
    with running(SYNC, own_database, cluster, log) as worker:
        seconds_until_in_step(cluster)
        assert_same(cluster)
        assert_answers_agree(cluster, settings)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_SECONDS) == 0


def test_the_general_worker_follows_and_publishes_what_is_due(
    own_database, cluster, tmp_path
):
    from datetime import timedelta

    from django.utils import timezone

    home = Page.objects.get(locale__language_code="kk", depth=2).specific
    section = make_section(home)
    make_article(section, title="Форум ашылды")
    due = make_article(section, title="Тасқын басталды", live=False)
    due.go_live_at = timezone.now() - timedelta(minutes=1)
    due.save_revision(approved_go_live_at=due.go_live_at)
    log = tmp_path / "log"
    with running(WORKER, own_database, cluster, log) as worker:
        assert wait_until(
            lambda: search_archive("тасқын", locales=["kk"]).total == 1,
            PATIENCE_SECONDS,
        ), log.read_text()
        seconds_until_in_step(cluster)
        assert_same(cluster)
        assert Entry.objects.count() == 2
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_SECONDS) == 0, log.read_text()
    assert "Traceback" not in log.read_text()


def test_that_nothing_can_be_published_does_not_end_the_search(
    own_database, cluster, tmp_path
):
    """The table of revisions is gone: publishing fails, carrying does not."""
    filled(20)
    log = tmp_path / "log"
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE wagtailcore_revision RENAME TO mislaid")
    with running(WORKER, own_database, cluster, log) as worker:
        seconds_until_in_step(cluster)
        assert_same(cluster)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_SECONDS) == 0
    assert "Periodic job publish_scheduled failed." in log.read_text()


def test_a_database_that_is_killed_loses_what_was_not_committed_and_no_more(
    killable_database, postgresql_server, cluster, settings, tmp_path
):
    home = Page.objects.get(locale__language_code="kk", depth=2).specific
    section = make_section(home)
    published = [make_article(section, title=f"Форум {n}").pk for n in range(5)]
    log = tmp_path / "log"
    with running(SYNC, killable_database, cluster, log):
        seconds_until_in_step(cluster)
        for _round in range(2):
            with pytest.raises((DatabaseError, InterfaceError)):
                for number in range(1_000):
                    if number == 3:
                        postgresql_server.kill()
                    published.append(make_article(section, title=f"Су {number}").pk)
            connection.close()
            postgresql_server.start()
            seconds_until_in_step(cluster)
            assert_same(cluster)
            live = ArticlePage.objects.live().values_list("pk", flat=True)
            assert set(published) <= set(live)
            assert {f"page:{pk}" for pk in live} == {
                entry.key for entry in Entry.objects.all()
            }
    assert Change.objects.count() >= len(published)
    assert_answers_agree(cluster, settings)
