"""Answers to a load balancer, which nobody else gets."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from newsroom.observability import health as checks
from newsroom.observability.access import Guard
from newsroom.observability.health import PartState, State, check
from newsroom.observability.time_limits import TimeLimited
from newsroom.worker.models import WorkerHeartbeat
from newsroom.worker.recovery import DEAD_AFTER, beat
from search.engines.choice import MAX_LAG
from search.index import change_log
from search.models import Change, ReplicaState
from tests.deployment.test_production_server import environ_seen

URLS = ("/health/live", "/health/ready")
ELASTICSEARCH = {"urls": ("http://127.0.0.1:1",), "index": "news"}
OK, LATE = PartState.OK, PartState.LATE


@pytest.fixture
def checked_here(monkeypatch):
    """Check in this thread, whose transaction holds the test's rows."""
    monkeypatch.setattr(checks, "_check_in_time", check)


@pytest.fixture
def working(db, checked_here):
    beat("one")


def ask(path: str = "/health/ready", **headers: str):
    return Client().get(path, **headers)


def test_a_site_without_faults_is_ready(working):
    response = ask()
    parts = dict.fromkeys(("database", "migrations", "worker", "search"), "ok")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "parts": parts}
    assert response["Cache-Control"] == "no-store"
    assert len(response.content) < 200


def test_a_living_process_answers_without_a_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = ask("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", ["/health/live/", "/health/ready/"])
def test_a_slash_at_the_end_changes_nothing(working, url):
    assert ask(url).status_code == 200


def test_a_check_takes_three_queries_and_five_with_elasticsearch(
    db, settings, django_assert_num_queries
):
    checks.required_migrations()
    with django_assert_num_queries(3):
        check()
    settings.SEARCH_ELASTICSEARCH = ELASTICSEARCH
    change_log.log(["a"], removed=True)
    with django_assert_num_queries(5):
        check()


def test_a_site_that_has_never_had_a_worker_is_degraded(db, checked_here):
    response = ask()
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["parts"]["worker"] == "missing"


@pytest.mark.parametrize(
    ("age", "state"),
    [(DEAD_AFTER - timedelta(seconds=5), OK), (DEAD_AFTER * 2, LATE)],
    ids=["working", "late"],
)
def test_the_newest_heartbeat_decides_whether_the_worker_is_late(db, age, state):
    beat("dead", now=timezone.now() - timedelta(days=1))
    beat("one", now=timezone.now() - age)
    found = check()
    assert found.parts["worker"] == state
    assert (found.state == State.OK) == (state == OK)


def test_a_late_worker_keeps_no_reader_away(db, checked_here):
    beat("one", now=timezone.now() - DEAD_AFTER * 2)
    response = ask()
    assert (response.status_code, response.json()["status"]) == (200, "degraded")


def test_an_elasticsearch_that_is_away_is_degraded_and_keeps_no_reader_away(
    working, settings
):
    settings.SEARCH_ELASTICSEARCH = ELASTICSEARCH
    assert ask().json()["status"] == "ok"
    state = ReplicaState.objects.create(
        index="news", error="ConnectionError", seen_at=timezone.now()
    )
    response = ask()
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["parts"]["search"] == "unavailable"
    assert "ConnectionError" not in response.text
    state.error = ""
    state.save()
    assert ask().json()["status"] == "ok"


@pytest.mark.parametrize("past", [-1, 1], ids=["less", "more"])
def test_a_replica_that_lags_is_degraded(working, settings, past):
    settings.SEARCH_ELASTICSEARCH = ELASTICSEARCH
    change_log.log(["a"], removed=True)
    at = timezone.now() - timedelta(seconds=MAX_LAG + 5 * past)
    Change.objects.update(at=at)
    assert check().parts["search"] == (LATE if past > 0 else OK)


def test_an_invalid_setting_of_elasticsearch_is_named_without_its_value(
    working, settings
):
    settings.SEARCH_ELASTICSEARCH = ELASTICSEARCH | {"index": "Secret Name"}
    response = ask()
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["parts"]["search"] == "misconfigured"
    assert "Secret" not in response.text


def test_a_database_without_the_newest_migration_is_not_ready(working):
    app, name = max(checks.required_migrations())
    MigrationRecorder(connection).record_unapplied(app, name)
    response = ask()
    assert (response.status_code, response.json()["status"]) == (503, "unavailable")
    assert response.json()["parts"]["migrations"] == "missing"


def test_a_database_of_a_later_version_is_ready(working):
    MigrationRecorder(connection).record_applied("newsroom_jobs", "9999_later")
    assert ask().status_code == 200


def test_a_database_without_tables_is_not_ready(working, monkeypatch):
    monkeypatch.setattr(MigrationRecorder, "has_table", lambda self: False)
    assert ask().status_code == 503


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_site_without_its_database_is_not_ready(monkeypatch, method):
    def fail():
        raise OperationalError("password of host 10.0.0.7 is wrong")

    limited = TimeLimited(fail, seconds=60)
    monkeypatch.setattr(checks, "_check_in_time", limited)
    response = getattr(Client(), method)("/health/ready")
    assert response.status_code == 503
    assert "10.0.0.7" not in response.text
    if method == "get":
        assert response.json()["status"] == "unavailable"
        assert response.json()["parts"] == {
            "database": "unavailable",
            "migrations": "unknown",
            "worker": "unknown",
            "search": "unknown",
        }
    assert Client().get("/health/live").status_code == 200


def test_a_database_that_hangs_holds_up_no_probe_and_only_one_thread(monkeypatch):
    answered, started = threading.Event(), []

    def hang():
        started.append(1)
        answered.wait()
        return checks.Health(dict.fromkeys(("database", "migrations"), OK))

    limited = TimeLimited(hang, seconds=0.01)
    monkeypatch.setattr(checks, "_check_in_time", limited)
    try:
        for _ in range(5):
            response = ask()
            assert response.status_code == 503
            assert response.json()["parts"]["database"] == "hangs"
        assert len(started) == 1
    finally:
        answered.set()
    assert limited._running is not None
    limited._running.result(60)
    limited._seconds = 60
    assert ask().status_code == 200
    assert len(started) == 2


def test_a_timeout_that_the_function_raises_is_raised():
    def fail():
        raise TimeoutError("of the connection")

    with pytest.raises(TimeoutError, match="of the connection"):
        TimeLimited(fail, seconds=60)()


def test_the_check_runs_with_a_connection_of_its_own_and_closes_it(own_database):
    beat("one")
    seen = []

    def look():
        seen.append(connection.connection is None)
        found = check()
        seen.append(connection.connection is None)
        return found

    found = TimeLimited(look, seconds=60)()
    assert found is not None
    assert found.state == State.OK
    assert seen == [True, False]


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "10.1.2.3:8000"},
        {"HTTP_HOST": "not.a.host.of.the.site"},
        {"HTTP_COOKIE": "sessionid=\x00"},
        {"HTTP_USER_AGENT": "\x00"},
        {"HTTP_ACCEPT_LANGUAGE": "ru"},
    ],
    ids=["IP address", "unknown host", "cookie", "agent", "language"],
)
def test_a_probe_passes_whatever_refuses_or_redirects_other_requests(
    working, settings, url, headers
):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["archive.example"]
    response = ask(url, **headers)
    assert response.status_code == 200
    assert "X-Powered-By" not in response
    assert "Set-Cookie" not in response


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "2a00::1", "::ffff:8.8.8.8", "", "unix:", "172.32.0.1", "11.0.0.1"],
)
def test_other_clients_get_a_404_that_tells_nothing(db, url, address):
    response = ask(url, REMOTE_ADDR=address)
    assert (response.status_code, response.content) == (404, b"")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.9", "10.9.8.7", "172.31.0.1", "192.168.4.4"),
        *("::1", "fd00::1", "fe80::1%eth0", "::ffff:10.0.0.1"),
    ],
)
def test_the_balancer_is_known_by_its_address(address):
    assert ask("/health/live", REMOTE_ADDR=address).status_code == 200


def test_a_visitor_behind_the_proxy_is_no_balancer():
    forwarded = {"HTTP_X_FORWARDED_FOR": "127.0.0.1, 8.8.8.8"}
    _, address = environ_seen("127.0.0.1", REMOTE_ADDR="127.0.0.1", **forwarded)
    assert ask("/health/live", REMOTE_ADDR=address).status_code == 404


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("Bearer s3cret", 200),
        ("bearer s3cret", 200),
        ("Bearer s3cre", 404),
        ("Bearer ", 404),
        ("Bearer", 404),
        ("s3cret", 404),
        ("Basic s3cret", 404),
        ("Bearer \xd1\x84", 404),
        ("Bearer \ud800", 404),
    ],
)
def test_the_token_opens_the_health_from_anywhere(settings, given, status):
    settings.HEALTH_TOKEN = "s3cret"
    response = ask("/health/live", REMOTE_ADDR="8.8.8.8", HTTP_AUTHORIZATION=given)
    assert response.status_code == status


@pytest.mark.parametrize("given", ["Bearer ", "Bearer", ""])
def test_without_a_token_in_the_settings_none_is_accepted(given):
    response = ask("/health/live", REMOTE_ADDR="8.8.8.8", HTTP_AUTHORIZATION=given)
    assert response.status_code == 404


def test_networks_are_a_setting(settings):
    settings.HEALTH_ALLOWED = ["8.8.0.0/16", " ", ""]
    assert ask("/health/live", REMOTE_ADDR="8.8.8.8").status_code == 200
    assert ask("/health/live", REMOTE_ADDR="127.0.0.1").status_code == 404


@pytest.mark.parametrize("network", ["10.0.0.1/8", "balancer", "10.0.0.0/33"])
def test_an_invalid_network_is_named_at_the_start(settings, network):
    settings.HEALTH_ALLOWED = [network]
    with pytest.raises(ImproperlyConfigured, match="HEALTH_ALLOWED"):
        Guard()


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_a_probe_only_reads(db, method):
    response = getattr(Client(), method)("/health/ready")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_no_other_url_is_taken(db):
    for path in ("/health", "/health/", "/health/live/x", "/kk/health/live"):
        assert ask(path).status_code in (301, 302, 404)
    assert WorkerHeartbeat.objects.count() == 0
