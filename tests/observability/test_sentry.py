"""Contents of error reports, and that none is sent without the setting."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.observability.sentry import start_sentry, version

ROOT = Path(__file__).resolve().parents[2]
DSN = "https://k3y@sentry.example/1"
# Errors of a page, of a form, of a log and of a task are reported by a process of its
# own, because Sentry changes Django for as long as the process lives.
REPORT = """
import json, logging, sys
import django
from newsroom.observability.sentry import start_sentry
from sentry_sdk.transport import Transport

events = []

class Kept(Transport):
    def capture_envelope(self, envelope):
        events.append([item.type for item in envelope.items])
        events.append(envelope.get_event())

start_sentry(sys.argv[1], environment="test", release="r@1", transport=Kept)
django.setup()

import search.web.views
from django.test import Client

def fail(asked):
    secret_variable = "v4riable"
    raise ZeroDivisionError("of the page")

search.web.views.found_page = fail
client = Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.77")
client.cookies["sessionid_x"] = "c00kie"
headers = {"HTTP_AUTHORIZATION": "Bearer t0ken", "HTTP_USER_AGENT": "4gent"}
response = client.get("/kk/search/?q=r3aders", **headers)
assert response.status_code == 500, response.status_code
for number in range(3):
    logging.getLogger("newsroom.a").error("Job %s failed.", 7, extra={"mail": "m4il"})
print(json.dumps([response["X-Request-ID"], events]))
"""


def reported(dsn: str) -> tuple[str, list]:
    result = subprocess.run(
        [sys.executable, "-c", REPORT, dsn, "an argument: 4rgument"],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.test",
        },
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stderr
    request_id, events = json.loads(result.stdout.splitlines()[-1])
    return request_id, events


@pytest.fixture(scope="module")
def sent() -> tuple[str, list]:
    return reported(DSN)


def test_a_report_names_the_fault_and_the_request(sent):
    request_id, (_types, event, *_) = sent
    (error,) = event["exception"]["values"]
    assert (error["type"], error["value"]) == ("ZeroDivisionError", "of the page")
    assert error["stacktrace"]["frames"][-1]["function"] == "fail"
    assert event["request"] == {"method": "GET", "url": "/kk/search/"}
    assert event["transaction"] == "search"
    assert event["tags"] == {"request_id": request_id}
    assert (event["environment"], event["release"]) == ("test", "r@1")


def test_a_report_has_no_personal_data_and_no_secret(sent):
    text = json.dumps(sent[1])
    assert "ZeroDivisionError" in text
    secrets = ("r3aders", "c00kie", "t0ken", "4gent", "203.0.113", "v4riable=", "m4il")
    for secret in (*secrets, "4rgument", "k3y"):
        assert secret not in text, secret
    for event in sent[1][1::2]:
        assert not {"user", "extra", "breadcrumbs"} & set(event)
        frames = [
            frame
            for error in event.get("exception", {}).get("values", [])
            for frame in error["stacktrace"]["frames"]
        ]
        assert not any("vars" in frame for frame in frames)


def test_an_exception_is_reported_once_and_a_repeated_error_too(sent):
    _request_id, events = sent
    assert events[::2] == [["event"], ["event"]]
    logged = events[3]["logentry"]
    assert logged["formatted"] == "Job 7 failed."
    assert "params" not in logged


def test_without_the_setting_nothing_is_sent():
    assert reported("")[1] == []


@pytest.mark.parametrize("dsn", ["https://sentry.example/1", "s3cret", "http://"])
def test_an_invalid_setting_is_named_without_its_value(dsn):
    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN") as raised:
        start_sentry(dsn, environment="test", release="r@1")
    assert "s3cret" not in str(raised.value)


def test_the_release_is_the_version_of_the_project():
    name, _at, number = version(ROOT / "pyproject.toml").partition("@")
    assert name == "newsroom-archive"
    assert number.count(".") == 2
