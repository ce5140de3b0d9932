"""Health, logs and metrics of a server with two processes, as in production."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from tests.servers.processes import free_ports, wait_until

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 300
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "newsroom.settings.production",
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnop",
    "ALLOWED_HOSTS": "archive.example",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "archive@archive.example",
    "RATE_LIMIT_SEARCH": "0",
}


class Server:
    """A granian with two workers. Its database has no tables."""

    def __init__(self, folder: Path):
        (self.port,) = free_ports(1)
        (folder / "var").mkdir()
        self.folder = folder
        kept = {
            name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ
        }
        self.environment = {
            **kept,
            **ENVIRONMENT,
            "VAR_DIR": str(folder / "var"),
            "METRICS_DIR": str(folder / "metrics"),
        }

    def __enter__(self) -> "Server":
        options = f"--interface wsgi --host 127.0.0.1 --port {self.port} --workers 2"
        logs = "--blocking-threads 2 --log-config deploy/granian-logging.json"
        command = [*options.split(), *logs.split(), "newsroom.wsgi:application"]
        self.log = self.folder / "log"
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "granian", *command],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        assert wait_until(self._is_up, START_SECONDS), self.log.read_text()
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(60)

    def _is_up(self) -> bool:
        both = self.log.read_text().count("Started worker-") == 2
        return both and self.ask("/health/live")[0] == 200

    def ask(self, path: str, **headers: str) -> tuple[int, Message, str]:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        url = f"http://127.0.0.1:{self.port}{path}"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(urllib.request.Request(url, headers=given)) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()
        except OSError:
            return 0, Message(), ""

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server")) as found:
        yield found


def sample(text: str, name: str) -> float:
    return sum(
        float(line.rpartition(" ")[2])
        for line in text.splitlines()
        if line.startswith(name)
    )


def test_a_server_is_observed_from_outside(server):
    status, headers, body = server.ask("/health/ready", Host="10.0.0.1")
    assert (status, json.loads(body)["parts"]["migrations"]) == (503, "missing")
    assert headers["Cache-Control"].lower() == "no-store"
    # A visitor, whom the trusted proxy names.
    visitor = {"X_Forwarded_For": "203.0.113.77", "X_Forwarded_Proto": "https"}
    for path in ("/health/live", "/health/ready", "/metrics"):
        assert server.ask(path, **visitor)[0] == 404
    ids = [f"0123456789abcdef-{number}" for number in range(20)]
    for request_id in ids:
        status, headers, _body = server.ask(
            "/static/none?q=secret",
            Host="archive.example",
            X_Request_ID=request_id,
            **visitor,
        )
        assert headers["X-Request-ID"] == request_id
    _status, _headers, text = server.ask("/metrics")
    counted = sample(text, "django_http_responses_before_middlewares_total ")
    assert counted == len(ids)
    assert "newsroom_database_up 0.0" in text  # it has no tables
    lines = [one for one in server.lines() if one["event"] == "request_finished"]
    assert [one["request_id"] for one in lines] == ids
    assert {one["ip"] for one in lines} == {"203.0.113.0/24"}
    assert {one["request"] for one in lines} == {"GET /static/none"}
    assert "secret" not in server.log.read_text()
    assert "Starting granian" in server.log.read_text()
