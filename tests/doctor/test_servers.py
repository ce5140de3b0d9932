"""Database, clock, search, worker and mail: each broken, and named."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from elasticsearch import ConnectionError as AwayError

from newsroom.doctor import site_client
from newsroom.doctor.checks import database, search
from newsroom.worker.models import WorkerHeartbeat
from newsroom.worker.recovery import beat
from search.models import Change, ReplicaState

pytestmark = pytest.mark.django_db


def assert_one(found, code: int, message: str, remedy: str = "") -> None:
    """Check the exit code, and the worst finding's message and remedy."""
    status, results = found
    worst = [
        one for one in results if one["status"] == ("ok", "warning", "failure")[code]
    ]
    assert status == code, results
    assert len(worst) == 1, results
    assert message in worst[0]["message"]
    assert remedy in worst[0]["remedy"]
    assert code == 0 or worst[0]["remedy"]


def test_a_working_database_is_named(doctor):
    assert_one(doctor("database"), 0, connection.display_name)


def test_an_old_database_is_a_failure(doctor, monkeypatch):
    monkeypatch.setattr(connection.features, "minimum_database_version", (99, 1))
    assert_one(doctor("database"), 2, "is too old", "99.1 or newer")


def test_a_read_only_database_is_a_failure(doctor):
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA query_only = ON" if is_sqlite else "SET transaction_read_only = on"
        )
    try:
        assert_one(doctor("database"), 2, "read-only", "DATABASE_URL")
    finally:
        if is_sqlite:
            connection.cursor().execute("PRAGMA query_only = OFF")


def test_a_missing_migration_is_a_failure(doctor):
    assert_one(doctor("migrations"), 0, "All migrations")
    applied = MigrationRecorder(connection).migration_qs
    last = applied.filter(app="newsroom_jobs").order_by("-name").first()
    last = last or applied.filter(app="search").order_by("-name").first()
    last.delete()
    status, results = doctor("migrations")
    assert status == 2
    assert "not applied" in results[0]["message"]
    assert "manage.py migrate" in results[0]["remedy"]


def test_a_database_of_a_newer_version_is_a_failure(doctor):
    MigrationRecorder(connection).record_applied("search", "9999_from_the_future")
    assert_one(doctor("migrations"), 2, "search.9999_from_the_future", "that version")


@pytest.mark.parametrize(("seconds", "code"), [(0, 0), (10, 1), (-10, 1), (60, 2)])
def test_a_clock_that_differs_from_the_databases_is_found(
    doctor, monkeypatch, seconds, code
):
    def there():
        return timezone.now() + timedelta(seconds=seconds)

    def ask(url):
        raise site_client.NoAnswerError("down")

    monkeypatch.setattr(site_client, "ask", ask)
    monkeypatch.setattr(database, "database_time", there)
    expected = "agrees" if code == 0 else "The clock of the database differs"
    assert_one(doctor("clock"), code, expected, "" if code == 0 else "NTP")


def test_a_clock_that_differs_from_the_sites_is_found(doctor, monkeypatch):
    answer = site_client.Answer(200, {"Date": "Mon, 01 Jan 2024 00:00:00 GMT"}, b"")
    monkeypatch.setattr(site_client, "ask", lambda url: answer)
    assert_one(doctor("clock"), 2, "The clock of the site differs", "NTP")


CLUSTER = {"urls": ("http://127.0.0.1:1",), "index": "news"}


@pytest.fixture
def cluster(settings, monkeypatch):
    """Set up an Elasticsearch that answers."""
    settings.SEARCH_ELASTICSEARCH = CLUSTER
    client = SimpleNamespace(info=lambda: {"version": {"number": "9.1.0"}})
    monkeypatch.setattr(search, "writing_client", lambda cluster: client)
    return client


def test_the_database_answers_searches_without_elasticsearch(doctor, settings):
    settings.SEARCH_ELASTICSEARCH = {}
    assert_one(doctor("search"), 0, connection.display_name)


def test_contradictory_settings_of_elasticsearch_are_a_failure(doctor, settings):
    settings.SEARCH_ELASTICSEARCH = CLUSTER | {"api_key": "a", "basic_auth": "b:c"}
    assert_one(doctor("search"), 2, "not both", "ELASTICSEARCH_")


def test_an_unavailable_elasticsearch_is_a_warning(doctor, settings):
    settings.SEARCH_ELASTICSEARCH = CLUSTER
    assert_one(doctor("search"), 1, "unavailable", "Start Elasticsearch")


def test_an_up_to_date_replica_is_fine(doctor, cluster):
    Change.objects.all().delete()
    assert_one(doctor("search"), 0, "9.1.0")


def test_a_replica_that_lags_is_a_warning(doctor, cluster):
    Change.objects.create(key="1:kk")
    Change.objects.update(at=timezone.now() - timedelta(minutes=5))
    assert_one(doctor("search"), 1, "lags 300 seconds", "manage.py worker")


def test_a_replica_with_an_error_is_a_warning(doctor, cluster):
    error = {"error": "index is missing", "seen_at": timezone.now()}
    ReplicaState.objects.create(index="news", **error)
    assert_one(doctor("search"), 1, "index is missing", "rebuild_search")


def test_an_elasticsearch_that_breaks_off_is_a_warning(doctor, cluster):
    def info():
        raise AwayError("broken off")

    cluster.info = info
    assert_one(doctor("search"), 1, "Connection error", "Start Elasticsearch")


def test_a_missing_worker_is_a_failure(doctor):
    WorkerHeartbeat.objects.all().delete()
    assert_one(doctor("worker"), 2, "ever run", "manage.py worker")


def test_a_stopped_worker_is_a_failure(doctor):
    beat("w", now=timezone.now() - timedelta(minutes=2))
    assert_one(doctor("worker"), 2, "120 seconds", "manage.py worker")


def test_a_running_worker_is_fine(doctor):
    beat("w")
    assert_one(doctor("worker"), 0, "A worker runs.")


@pytest.mark.parametrize(
    ("enqueued", "run_after", "code"),
    [(20, None, 1), (20, 0, 0), (20, 20, 1), (5, None, 0)],
)
def test_a_task_that_waits_too_long_is_a_warning(doctor, enqueued, run_after, code):
    beat("w")
    now = timezone.now()
    task = DBTaskResult.objects.create(
        status=TaskResultStatus.READY,
        task_path="newsroom.worker.queue.run",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="background",
        queue_name="default",
        run_after=now,
    )
    at = get_date_max() if run_after is None else now - timedelta(minutes=run_after)
    DBTaskResult.objects.filter(pk=task.pk).update(
        enqueued_at=now - timedelta(minutes=enqueued), run_after=at
    )
    message = "1 task has waited for more than 15 minutes" if code else "A worker runs."
    assert_one(doctor("worker"), code, message)


class MailServer:
    """An SMTP server that keeps the lines of all mails that it is sent."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.lines: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self.listener.accept()
            except OSError:  # closed
                return
            with connection, connection.makefile("rwb", buffering=0) as stream:
                self._talk(stream)

    def _talk(self, stream: Any) -> None:
        stream.write(b"220 ready\r\n")
        in_text = False
        for line in stream:
            self.lines.append(line)
            command = line.strip().upper()
            if in_text:
                in_text = command != b"."
                if in_text:
                    continue
            elif command == b"DATA":
                in_text = True
                stream.write(b"354 go on\r\n")
                continue
            elif command == b"QUIT":
                stream.write(b"221 bye\r\n")
                return
            stream.write(b"250 ok\r\n")

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self._thread.join(30)


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.close()


def test_a_mail_server_is_only_connected_to(doctor, mail_server):
    assert_one(doctor("mail"), 0, "127.0.0.1 answers")
    assert not any(line.upper().startswith(b"MAIL FROM") for line in mail_server.lines)


def test_a_mail_is_sent_to_a_given_address(doctor, mail_server):
    found = doctor("mail", mail="boss@archive.example")
    assert_one(found, 0, "boss@archive.example")
    assert b"rcpt TO:<boss@archive.example>\r\n" in mail_server.lines


def test_a_mail_server_that_does_not_answer_is_a_failure(doctor, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.EMAIL_PORT = closed.getsockname()[1]
    assert_one(doctor("mail"), 2, "cannot be used", "EMAIL_URL")


def test_mail_that_goes_nowhere_is_a_warning(doctor, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert_one(doctor("mail"), 1, "does not leave", "EMAIL_URL")
