"""Contents of the logs, and what they must never contain."""

import json
import logging

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django_tasks import task, task_backends

from newsroom.observability.log_settings import (
    HIDDEN,
    MAX_LENGTH,
    formatter,
    log_settings,
)
from newsroom.observability.request_log import RequestLogMiddleware
from newsroom.web.proxies import IS_TRUSTED, behind_proxies
from newsroom.worker.queue import run_ready

REQUESTS = "django_structlog.middlewares.request"


class Written:
    """The lines that a logger writes in production, and the objects in them."""

    def __init__(self, handler: logging.Handler, lines: list[str]):
        self.handler, self.lines = handler, lines

    def objects(self, **wanted: object) -> list[dict]:
        found = [json.loads(line) for line in self.lines]
        return [one for one in found if all(one.get(k) == v for k, v in wanted.items())]

    def finished(self) -> dict:
        (found,) = self.objects(event="request_finished")
        return found


@pytest.fixture
def written():
    """Write everything from INFO on as production does, with its levels."""
    lines: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler = Handler()
    handler.setFormatter(formatter(is_json=True))
    root = logging.getLogger()
    levels = {
        name: given["level"]
        for name, given in log_settings("INFO", is_json=True)["loggers"].items()
    }
    before = {name: logging.getLogger(name).level for name in levels}
    root_level, names = root.level, list(levels)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in names:
        logging.getLogger(name).setLevel(levels[name])
    yield Written(handler, lines)
    root.removeHandler(handler)
    root.setLevel(root_level)
    for name in names:
        logging.getLogger(name).setLevel(before[name])


def test_a_request_writes_one_line_with_status_and_duration(written, homes):
    response = Client().get("/kk/?utm=1", REMOTE_ADDR="203.0.113.77")
    line = written.finished()
    assert line["request"] == "GET /kk/"
    assert line["code"] == response.status_code == 200
    assert line["duration_ms"] > 0
    assert line["request_id"] == response["X-Request-ID"]
    assert line["ip"] == "203.0.113.0/24"
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")
    assert line["process"]
    assert "user_id" not in line
    assert len(written.lines) == 1


def test_a_reader_s_query_is_in_no_line(written, homes):
    for path in ("search/", "search/results.json", "search/suggestions/"):
        Client().get(f"/kk/{path}?q=құпиясөз")
    assert len(written.objects(event="request_finished")) == 3
    for line in written.lines:
        assert "құпиясөз" not in str(json.loads(line))
        assert "%D2%9B" not in line
        assert "q=" not in line


def test_passwords_tokens_and_cookies_are_in_no_line(written, homes, client):
    client.cookies["sessionid"] = "c00kie"
    client.post(
        reverse("wagtailadmin_login"),
        {"username": "aigul", "password": "hunter2"},
        HTTP_AUTHORIZATION="Bearer t0ken",
    )
    everything = "\n".join(written.lines)
    assert written.lines
    for secret in ("hunter2", "c00kie", "t0ken", "aigul"):
        assert secret not in everything


def test_the_url_of_a_password_reset_is_not_logged(written, client, db):
    url = reverse("wagtailadmin_password_reset_confirm", args=["MjQ", "c1-0123456789"])
    client.get(url)
    line = written.finished()
    assert "c1-0123456789" not in line["request"]
    assert "MjQ" not in line["request"]
    assert HIDDEN in line["request"]


def test_a_user_is_named_by_primary_key(written, admin_client, admin_user):
    admin_user.username = "somebody"
    admin_user.save()
    admin_client.get("/admin/account/")
    line = written.finished()
    assert line["user_id"] == admin_user.pk
    assert "somebody" not in json.dumps(line)


def test_the_log_looks_up_no_user_that_the_page_did_not_need(written):
    def look_up():
        raise AssertionError("the user was looked up")

    def view(request):
        request.user = SimpleLazyObject(look_up)
        return HttpResponse()

    RequestLogMiddleware(view)(RequestFactory().get("/kk/"))
    assert "user_id" not in written.finished()


@pytest.mark.parametrize(
    ("setting", "expected"),
    [("short", "203.0.113.0/24"), ("full", "203.0.113.77"), ("none", None)],
)
def test_addresses_are_logged_as_the_setting_says(
    written, settings, db, setting, expected
):
    settings.LOG_IP_ADDRESSES = setting
    Client().get("/kk/", REMOTE_ADDR="203.0.113.77")
    assert written.finished().get("ip") == expected


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [
        ("0123abcd-0123", True),
        ("a" * 64, True),
        ("A.b_c-d1", True),
        ("a" * 65, False),
        ("short", False),
        ("0123abcd\n{}", False),
        ("0123 abcd", False),
        ("0123abcd\u2028x", False),
        ("қазақшасыз", False),
        ("", False),
    ],
)
def test_the_id_of_a_trusted_proxy_is_kept_if_it_is_well_formed(given, is_kept):
    request = RequestFactory().get("/", HTTP_X_REQUEST_ID=given, **{IS_TRUSTED: True})
    seen = RequestLogMiddleware(lambda request: None)
    seen.prepare(request)
    assert (request.request_id == given) == is_kept
    assert len(request.request_id) >= 8


def test_the_id_of_any_other_client_is_replaced(db):
    response = Client().get("/kk/", HTTP_X_REQUEST_ID="forged-by-client")
    assert response["X-Request-ID"] != "forged-by-client"
    seen: list[dict] = []
    application = behind_proxies(
        lambda environ, start: seen.append(environ), "10.0.0.1"
    )
    for address in ("10.0.0.1", "8.8.8.8", ""):
        application({"REMOTE_ADDR": address, "wsgi.url_scheme": "http"}, None)
    assert [environ[IS_TRUSTED] for environ in seen] == [True, False, False]


def test_each_request_has_an_id_of_its_own(db):
    ids = {Client().get("/kk/")["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\x0b", "\x85", "\u2028", "\x1b[2J"])
@pytest.mark.parametrize("is_json", [True, False], ids=["JSON", "console"])
def test_nobody_can_forge_a_line(end, is_json):
    forged = f"/kk/{end}{{'event': 'signed in'}}"
    message = logging.makeLogRecord(
        {"msg": "Not found: %s", "args": (forged,), "levelname": "INFO", "name": "a"}
    )
    text = formatter(is_json).format(message)
    assert len(text.splitlines()) == 1
    assert end not in text


def test_a_forged_path_writes_one_line(written, db):
    Client().get("/kk/%0A%7B%22event%22:1%7D%E2%80%A8/")
    for line in written.lines:
        assert len(line.splitlines()) == 1
    assert written.finished()["code"] in (301, 404)


def test_a_forged_exception_cannot_forge_a_line_of_json():
    try:
        raise ValueError('x\n{"event": "signed in"}\u2028\x1b[2J')
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.makeLogRecord({"msg": "failed", "exc_info": info, "name": "a"})
    text = formatter(is_json=True).format(record)
    assert len(text.splitlines()) == 1
    assert "\x1b" not in json.loads(text)["exception"]
    assert "ValueError" in json.loads(text)["exception"]
    assert "\x1b" not in formatter(is_json=False).format(record)


@pytest.mark.parametrize(
    "name",
    [
        *("password", "new_password1", "csrfmiddlewaretoken", "Authorization"),
        *("Cookie", "sessionid", "SECRET_KEY", "api_key", "apikey", "credentials"),
    ],
)
def test_values_with_a_secret_name_are_hidden(name):
    record = logging.makeLogRecord(
        {"msg": {"event": "e", name: "s3", "more": [{name: "s3"}]}, "name": "a"}
    )
    record.__dict__ |= {"_logger": None, "_name": "info"}
    text = formatter(is_json=True).format(record)
    assert "s3" not in text
    assert json.loads(text)[name] == HIDDEN


def test_a_long_value_is_cut():
    record = logging.makeLogRecord({"msg": "x" * 1_000_000, "name": "a"})
    assert len(formatter(is_json=True).format(record)) < MAX_LENGTH + 500


def test_a_value_that_json_does_not_know_is_written_anyhow():
    record = logging.makeLogRecord({"msg": "m", "name": "a", "more": {1, 2}})
    record.other = {("a", 1): object()}
    found = json.loads(formatter(is_json=True).format(record))
    assert found["more"] == "{1, 2}"


def test_an_unhandled_exception_is_logged_once_with_its_traceback(
    written, homes, monkeypatch
):
    def fail(*args, **kwargs):
        raise ZeroDivisionError("of the page")

    monkeypatch.setattr("search.web.views.found_page", fail)
    client = Client(raise_request_exception=False)
    response = client.get("/kk/search/?q=құпия")
    assert response.status_code == 500
    (failed,) = written.objects(event="request_failed")
    finished = written.finished()
    assert failed["request_id"] == finished["request_id"] == response["X-Request-ID"]
    assert finished["code"] == 500
    assert "ZeroDivisionError: of the page" in failed["exception"]
    assert len(written.lines) == 2
    assert "құпия" not in failed["request"]


def test_a_database_that_is_away_is_logged_without_a_traceback_per_request(
    written, homes, monkeypatch
):
    from django.db import OperationalError

    def fail(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(
        "newsroom.articles.middleware.EditorBarMiddleware.__call__", fail
    )
    response = Client(raise_request_exception=False).get("/kk/")
    assert response.status_code == 503
    assert written.finished()["code"] == 503
    (line,) = written.objects(event="database_unavailable")
    assert "exception" not in line


def test_an_unknown_host_is_one_line_without_a_traceback(written, db):
    assert Client().get("/kk/", HTTP_HOST="evil.example").status_code == 400
    assert len(written.lines) == 1
    assert written.finished()["code"] == 400


def test_a_probe_writes_no_line(written, db):
    Client().get("/health/live")
    assert written.lines == []


@task(backend="background")
def note(text: str) -> None:
    logging.getLogger("newsroom.noted").warning("noted %s", text)


def queue_in_request(text: str) -> str:
    """Queue a task during a request; return the request's id."""

    def view(request):
        note.enqueue(text)
        return HttpResponse()

    response = RequestLogMiddleware(view)(RequestFactory().post("/admin/"))
    return response["X-Request-ID"]


def test_a_task_logs_the_id_of_the_request_that_queued_it(written, own_database):
    ids = [queue_in_request("one"), queue_in_request("two")]
    note.enqueue("three")
    run_ready()
    lines = [one for one in written.objects() if one["event"].startswith("noted")]
    by_text = {one["event"]: one for one in lines}
    assert by_text["noted one"]["request_id"] == ids[0]
    assert by_text["noted two"]["request_id"] == ids[1]
    assert "request_id" not in by_text["noted three"]
    assert by_text["noted one"]["task"].endswith("note")
    assert len({one["task_id"] for one in lines}) == 3


def test_the_id_is_stored_with_the_task_without_a_query(db, django_assert_num_queries):
    backend = task_backends["background"]
    with django_assert_num_queries(1):
        result = backend.enqueue(note, ("a",), {})
    stored = backend.get_result(result.id)
    assert (stored.args, stored.kwargs) == (["a"], {})
