"""Connections of the web server come from a pool that survives a restart."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsroom.web.pooling import use_pool
from tests.deployment.test_settings import ROOT, SECRETS
from tests.servers.postgresql import PostgreSQLServer

SITE = Path(__file__).with_name("pooled_site.py")
POOL_MAX = 3

Ask = Callable[[str], object]


@pytest.fixture
def ask(postgresql_server: PostgreSQLServer, tmp_path) -> Iterator[Ask]:
    """Yield a process with a pool of three connections."""
    postgresql_server.start()
    environment = {
        **os.environ,
        **SECRETS,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.production",
        "DATABASE_URL": postgresql_server.url(),
        "DATABASE_POOL_MAX": str(POOL_MAX),
        "DATABASE_POOL_TIMEOUT": "2",
        "VAR_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    process = subprocess.Popen(
        [sys.executable, str(SITE)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout

    def ask(command: str) -> object:
        process.stdin.write(command + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        assert line, "The process has ended."
        return json.loads(line)

    try:
        yield ask
    finally:
        process.stdin.close()
        try:
            assert process.wait(60) == 0
        finally:
            process.kill()
            process.stdout.close()
            postgresql_server.start()


def test_requests_share_a_limited_number_of_connections(ask):
    first, second = ask("query"), ask("query")
    assert first == second
    answers = ask("threads 12")
    assert len({answer["backend"] for answer in answers}) <= POOL_MAX


def test_a_request_without_a_free_connection_fails_as_with_an_unavailable_database(ask):
    *served, refused = ask(f"hold {POOL_MAX}")
    assert len({answer["backend"] for answer in served}) == POOL_MAX
    assert refused == {"error": "OperationalError", "away": True}
    assert "backend" in ask("query")


def test_a_pool_recovers_from_a_restart_and_from_an_outage(ask, postgresql_server):
    before = ask("query")
    postgresql_server.restart()
    after = ask("query")
    assert after["backend"] != before["backend"]
    postgresql_server.stop()
    assert ask("query") == {"error": "OperationalError", "away": True}
    assert ask("query") == {"error": "OperationalError", "away": True}
    postgresql_server.start()
    assert "backend" in ask("query")


def test_a_process_ends_while_the_database_is_unavailable(ask, postgresql_server):
    assert "backend" in ask("query")
    postgresql_server.stop()
    assert ask("query")["away"]


def test_sqlite_has_no_pool(settings, monkeypatch):
    from django.db import connections

    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    monkeypatch.setitem(connections.settings, "default", database)
    settings.DATABASE_POOL = {"max_size": 2}
    use_pool()
    assert database == {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
