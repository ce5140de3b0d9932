"""Reports of browsers about violations of the content security policy."""

import json
import logging

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from newsroom.web.violation_reports import LIMIT, MAX_AT_ONCE, MAX_LENGTH, MAX_SIZE

pytestmark = pytest.mark.django_db

OLD = {
    "csp-report": {
        "document-uri": "https://a.kz/kk/search/?q=name#x",
        "violated-directive": "script-src 'self'",
        "blocked-uri": "https://user:key@evil.example/x.js?key=1",
        "line-number": 7,
        "disposition": "enforce",
    }
}
NEW = [
    {
        "type": "csp-violation",
        "body": {
            "documentURL": "https://a.kz/kk/?q=name",
            "effectiveDirective": "img-src",
            "blockedURL": "inline",
            "lineNumber": 3,
        },
    }
]


@pytest.fixture(autouse=True)
def no_reports_yet():
    cache.clear()


@pytest.fixture
def send():
    # As a browser sends it: without a token, a session or a referer.
    client = Client(enforce_csrf_checks=True)

    def post(report, content_type="application/csp-report"):
        data = report if isinstance(report, (bytes, str)) else json.dumps(report)
        return client.post("/csp-reports/", data, content_type=content_type)

    return post


def logged(caplog) -> list[dict]:
    return [record.csp_violation for record in _records(caplog)]


def _records(caplog) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.name.endswith(".csp")]


def test_both_formats_are_logged_without_queries_and_passwords(send, caplog):
    assert send(OLD).status_code == 204
    assert send(NEW, "application/reports+json").status_code == 204
    assert logged(caplog) == [
        {
            "document": "https://a.kz/kk/search/",
            "directive": "script-src 'self'",
            "blocked": "https://evil.example/x.js",
            "line": "7",
            "disposition": "enforce",
        },
        {
            "document": "https://a.kz/kk/",
            "directive": "img-src",
            "blocked": "inline",
            "line": "3",
        },
    ]
    assert {record.levelno for record in _records(caplog)} == {logging.WARNING}
    assert mail.outbox == []


def test_a_report_cannot_forge_lines_of_the_log(send, caplog):
    report = {"csp-report": {"violated-directive": "a\r\nERROR \x1b[31m" + "я" * 999}}
    assert send(report).status_code == 204
    (record,) = _records(caplog)
    assert record.csp_violation["directive"].startswith("aERROR [31mя")
    assert len(record.csp_violation["directive"]) <= MAX_LENGTH
    assert "\n" not in record.getMessage()


@pytest.mark.parametrize(
    "report",
    [
        b" ",
        b"\xff\xfe",
        b"{",
        b"[" * (MAX_SIZE - 1),
        [],
        {},
        5,
        None,
        {"csp-report": 1},
        {"csp-report": {}},
        {"csp-report": {"unknown": "x"}},
        {"csp-report": {"blocked-uri": ["x"], "document-uri": None}},
        [{"type": "deprecation", "body": {"documentURL": "https://a.kz"}}],
    ],
    ids=lambda report: str(report)[:20],
)
def test_what_is_no_report_is_refused_and_not_logged(send, caplog, report):
    assert send(report).status_code == 400
    assert _records(caplog) == []


def test_an_invalid_url_is_logged_as_empty(send, caplog):
    send({"csp-report": {"blocked-uri": "http://[x", "violated-directive": "a"}})
    assert logged(caplog) == [{"directive": "a", "blocked": ""}]


def test_large_reports_and_other_types_are_refused(send, caplog):
    assert send(b" " * (MAX_SIZE + 1)).status_code == 413
    assert send(OLD, "text/plain").status_code == 415
    assert send("a=b", "application/x-www-form-urlencoded").status_code == 415
    assert _records(caplog) == []


def test_only_posts_are_taken(client):
    assert client.get("/csp-reports/").status_code == 405


def test_a_minute_has_a_limit(send, caplog):
    statuses = [send(OLD).status_code for _ in range(LIMIT + 5)]
    assert statuses == [204] * LIMIT + [429] * 5
    assert len(_records(caplog)) == LIMIT


def test_one_request_has_a_limit(send, caplog):
    assert send(NEW * 50, "application/reports+json").status_code == 204
    assert len(_records(caplog)) == MAX_AT_ONCE
