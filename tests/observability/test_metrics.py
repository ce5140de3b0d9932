"""Metrics for Prometheus, added up over all processes."""

import re
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.cache import caches
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp
from django.db import OperationalError, transaction
from django.test import Client, RequestFactory
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from prometheus_client.parser import text_string_to_metric_families

from newsroom.observability import scraping
from newsroom.observability.metrics import PUBLICATIONS
from newsroom.observability.request_metrics import RequestMetricsMiddleware
from newsroom.observability.scraping import gauges, metrics_text
from newsroom.observability.time_limits import TimeLimited
from newsroom.worker.recovery import DEAD_AFTER, beat
from search.engines import Request, choice
from search.index import change_log
from tests.factories import make_article, make_section

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def scraped(db, monkeypatch):
    """Return what reads all samples, from this thread's transaction."""
    monkeypatch.setattr(scraping, "gauges_in_time", gauges)

    def read() -> dict[tuple, float]:
        text = metrics_text().decode()
        return {
            (sample.name, *sorted(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }

    return read


class Increase:
    """The difference of a sample between two scrapes."""

    def __init__(self, scraped, name: str, **labels: str):
        self.scraped, self.key = scraped, (name, *sorted(labels.items()))
        self.before = scraped().get(self.key, 0.0)

    def __call__(self) -> float:
        return self.scraped().get(self.key, 0.0) - self.before


def published(scraped, kind: str) -> Increase:
    return Increase(scraped, "newsroom_publications_total", kind=kind)


def test_publications_are_counted_by_kind_once_they_are_committed(
    scraped, homes, django_capture_on_commit_callbacks
):
    section = make_section(homes["kk"])
    article = make_article(section)
    news, sections = published(scraped, "news"), published(scraped, "sectionpage")
    interviews = published(scraped, "interview")
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()
        article.kind = "interview"
        article.save_revision().publish()
        assert interviews() == 0
    assert (news(), interviews(), sections()) == (0, 1, 1)


def test_an_undone_publication_is_not_counted(
    scraped, homes, django_capture_on_commit_callbacks
):
    news = published(scraped, "news")
    article = make_article(make_section(homes["kk"]))
    revision = article.save_revision()
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        revision.publish()
        raise ZeroDivisionError
    assert news() == 0


def test_a_scheduled_page_is_counted_when_its_time_has_come(
    scraped, homes, django_capture_on_commit_callbacks
):
    news = published(scraped, "news")
    article = make_article(make_section(homes["kk"]), live=False)
    article.go_live_at = timezone.now() + timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    assert news() == 0
    article.go_live_at = None
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    assert news() == 1


def test_a_kind_that_does_not_exist_makes_no_label(
    scraped, homes, django_capture_on_commit_callbacks
):
    from newsroom.observability.counting import count_publication

    article = make_article(make_section(homes["kk"]))
    article.kind = "from outside"
    counted = published(scraped, "articlepage")
    with django_capture_on_commit_callbacks(execute=True):
        count_publication(article)
    assert counted() == 1
    assert ("from outside",) not in PUBLICATIONS._metrics


def test_the_time_of_a_search_is_counted_for_the_engine_that_answered(scraped, db):
    engine = choice.database_engine().name
    counted = Increase(scraped, "newsroom_search_seconds_count", engine=engine)
    choice.ask(Request())
    assert counted() == 1


def test_hits_and_misses_of_the_cache_are_counted(scraped):
    cache = caches["default"]
    hits = Increase(scraped, "newsroom_cache_requests_total", result="hit")
    misses = Increase(scraped, "newsroom_cache_requests_total", result="miss")
    cache.delete_many(["a", "b", "c"])
    assert cache.get("a") is None
    assert cache.get("a", 7) == 7
    cache.set("a", 0)
    cache.set("b", None)
    assert cache.get("a", 7) == 0
    assert cache.get("b", 7) is None
    assert cache.get_many(["a", "c"]) == {"a": 0}
    assert (hits(), misses()) == (3, 3)
    assert cache.get_or_set("c", lambda: 5) == 5


def test_a_failed_sign_in_is_counted_without_a_name(scraped):
    counted = Increase(scraped, "newsroom_failed_sign_ins_total")
    request = RequestFactory().post("/admin/login/")
    assert authenticate(request, username="aigul", password="wrong") is None
    assert counted() == 1
    assert b"aigul" not in metrics_text()


def mails(scraped) -> tuple[Increase, Increase]:
    name = "newsroom_mails_total"
    sent = Increase(scraped, name, result="sent")
    return sent, Increase(scraped, name, result="failed")


def send(number: int, **options: bool) -> None:
    backend = get_connection("newsroom.observability.mail.EmailBackend", **options)
    backend.send_messages(
        [EmailMessage("s", "b", "a@b.kz", ["c@d.kz"]) for _ in range(number)]
        + [EmailMessage("no recipient", "b", "a@b.kz")]
    )


def test_mails_that_were_sent_are_counted(scraped, monkeypatch):
    monkeypatch.setattr(
        smtp.EmailBackend, "send_messages", lambda self, messages: len(messages)
    )
    sent, failed = mails(scraped)
    send(3)
    assert (sent(), failed()) == (3, 0)


@pytest.mark.parametrize("is_silent", [True, False])
def test_mails_that_failed_are_counted(scraped, monkeypatch, settings, is_silent):
    def refuse(self):
        if self.fail_silently:
            return None
        raise ConnectionRefusedError

    monkeypatch.setattr(smtp.EmailBackend, "open", refuse)
    sent, failed = mails(scraped)
    if is_silent:
        send(2, fail_silently=True)
    else:
        with pytest.raises(ConnectionRefusedError):
            send(2)
    assert (sent(), failed()) == (0, 2)


@task(backend="background")
def nothing() -> None:
    """Take no time."""


def test_the_queue_is_measured_by_its_length_and_its_oldest_task(scraped):
    assert gauges()["newsroom_tasks_waiting"] == 0
    assert gauges()["newsroom_oldest_task_age_seconds"] == 0
    for _ in range(3):
        nothing.enqueue()
    hour = timedelta(hours=1)
    now = timezone.now()
    first, second, third = DBTaskResult.objects.order_by("pk")
    DBTaskResult.objects.filter(pk=first.pk).update(enqueued_at=now - hour)
    later = {"enqueued_at": now - 9 * hour, "run_after": now + hour}
    DBTaskResult.objects.filter(pk=second.pk).update(**later)
    found = gauges()
    assert found["newsroom_tasks_waiting"] == 2
    assert found["newsroom_oldest_task_age_seconds"] // 3600 == 1
    # A task that has become due waits since then, not since it was queued.
    DBTaskResult.objects.filter(pk=second.pk).update(run_after=now - 2 * hour)
    DBTaskResult.objects.filter(pk=third.pk).update(status="RUNNING")
    found = gauges()
    assert found["newsroom_tasks_waiting"] == 2
    assert found["newsroom_oldest_task_age_seconds"] // 3600 == 2


def test_workers_are_measured_by_their_heartbeats(scraped):
    assert "newsroom_worker_heartbeat_age_seconds" not in gauges()
    beat("dead", now=timezone.now() - DEAD_AFTER * 10)
    assert gauges()["newsroom_workers"] == 0
    assert gauges()["newsroom_worker_heartbeat_age_seconds"] >= 300
    beat("one")
    beat("two")
    assert gauges()["newsroom_workers"] == 2
    assert gauges()["newsroom_worker_heartbeat_age_seconds"] < 300


def test_the_lag_of_the_replica_is_measured(scraped, settings):
    assert "newsroom_search_lag_seconds" not in gauges()
    settings.SEARCH_ELASTICSEARCH = {"urls": ("http://127.0.0.1:1",), "index": "news"}
    change_log.log(["a"], removed=True)
    assert gauges()["newsroom_search_lag_seconds"] >= 0
    settings.SEARCH_ELASTICSEARCH = {"urls": ("http://127.0.0.1:1",), "index": "BAD"}
    assert "newsroom_search_lag_seconds" not in gauges()


def test_a_scrape_takes_two_queries_and_three_with_elasticsearch(
    scraped, settings, django_assert_num_queries
):
    with django_assert_num_queries(2):
        scraped()
    settings.SEARCH_ELASTICSEARCH = {"urls": ("http://127.0.0.1:1",), "index": "news"}
    with django_assert_num_queries(3):
        scraped()


def test_a_scrape_without_the_database_says_so_and_has_all_else(monkeypatch):
    def fail():
        raise OperationalError("away")

    monkeypatch.setattr(scraping, "gauges_in_time", TimeLimited(fail, 60))
    text = metrics_text().decode()
    assert "newsroom_database_up 0.0" in text
    assert "newsroom_tasks_waiting" not in text
    assert "newsroom_failed_sign_ins_total" in text


def test_a_database_that_hangs_holds_up_no_scrape(monkeypatch):
    end = threading.Event()
    monkeypatch.setattr(scraping, "gauges_in_time", TimeLimited(end.wait, 0.01))
    assert b"newsroom_database_up 0.0" in metrics_text()
    end.set()


def test_metrics_are_for_the_monitoring_only(scraped):
    response = Client().get("/metrics")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain; version=")
    assert response["Cache-Control"] == "no-store"
    assert Client().get("/metrics", REMOTE_ADDR="8.8.8.8").status_code == 404
    assert Client().post("/metrics").status_code == 405


def test_metrics_add_no_query_to_a_page(homes, settings, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.get("/kk/archive/")
    with CaptureQueriesContext(connection) as context:
        client.get("/kk/archive/")
    settings.MIDDLEWARE = [
        name
        for name in settings.MIDDLEWARE
        if "prometheus" not in name and "observability" not in name
    ]
    with django_assert_num_queries(len(context)):
        Client().get("/kk/archive/")


def test_clients_cannot_make_time_series(scraped, homes):
    Client().get("/kk/")
    before = set(scraped())
    for number in range(3):
        Client().generic(f"METHOD{number}", f"/kk/invented-{number}/?q={number}")
        Client().get(
            "/kk/", HTTP_HOST=f"h{number}.example", HTTP_USER_AGENT=str(number)
        )
    made = set(scraped()) - before
    assert not [key for key in made if re.search(r"METHOD\d|invented|h\d\.", str(key))]
    labels = {label for key in scraped() for label, _value in key[1:]}
    assert labels <= {
        *("kind", "engine", "result", "scope", "le", "quantile"),
        *("view", "method", "status", "transport", "templatename", "charset", "type"),
        *("implementation", "major", "minor", "patchlevel", "version", "generation"),
    }


@pytest.mark.parametrize("length", ["many", "-5", "²", ""])
def test_an_invalid_length_is_no_error(length):
    request = RequestFactory().get("/", CONTENT_LENGTH=length)
    RequestMetricsMiddleware(lambda request: None).process_request(request)
