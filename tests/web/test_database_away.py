"""With the database unavailable, every URL answers 503 with Retry-After."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError
from django.test import Client

from newsroom.web.database_errors import is_database_away
from newsroom.web.error_pages import RETRY_AFTER_SECONDS
from tests.servers.postgresql import PostgreSQLServer

SITE = Path(__file__).with_name("database_away_site.py")
ROOT = SITE.parents[2]

Ask = Callable[..., dict]

PAGES = {
    "/kk/": "kk",
    "/ru/": "ru",
    "/en/no-such-page/": "en",
    "/kk-latn/": "kk-Latn",
    "/kk-arab/": "kk-Arab",
    "/kk/search/?q=%D1%84%D0%BE%D1%80%D1%83%D0%BC": "kk",
    "/ru/archive/": "ru",
    "/admin/login/": None,
    "/a/1/": None,
}


@pytest.fixture(scope="module")
def ask(postgresql_server: PostgreSQLServer) -> Iterator[Ask]:
    """Yield a site on a PostgreSQL database of its own, in a process of its own."""
    name = "archive"
    postgresql_server.start()
    address = postgresql_server.create_database(name)
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.test",
        "PYTHONPATH": str(ROOT),
        "TEST_DATABASE_URLS": "",
    }
    started = subprocess.Popen(
        [sys.executable, str(SITE)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask(**asked: object) -> dict:
        assert started.stdin is not None
        assert started.stdout is not None
        started.stdin.write(json.dumps(asked) + "\n")
        started.stdin.flush()
        line = started.stdout.readline()
        assert line, "The site has ended."
        return json.loads(line)

    try:
        ask(command=["migrate"])
        ask(command=["setup_site"])
        yield ask
    finally:
        started.stdin.close()
        started.wait(60)
        postgresql_server.start()
        postgresql_server._run(
            str(postgresql_server.binaries / "dropdb"),
            *("-h", "127.0.0.1", "-p", str(postgresql_server.port), "-U", "newsroom"),
            *("--force", name),
        )


def assert_unavailable(answer: dict) -> None:
    assert answer["status"] == 503
    assert answer["headers"]["Retry-After"] == str(RETRY_AFTER_SECONDS)
    assert "no-store" in answer["headers"]["Cache-Control"]


@pytest.mark.postgresql
def test_every_kind_of_address_answers_503_while_postgresql_is_stopped(
    ask, postgresql_server
):
    assert ask(path="/kk/")["status"] == 200
    postgresql_server.stop()
    for path, language in PAGES.items():
        # With the connection that was open, and with one that cannot be made.
        for afresh in (False, True):
            answer = ask(path=path, afresh=afresh)
            assert_unavailable(answer)
            assert answer["headers"]["Content-Type"].startswith("text/html")
            for code in ("ru", "en"):
                assert f'lang="{code}"' in answer["text"]
            if language:
                assert f'lang="{language}"' in answer["text"][:120]
    assert 'dir="rtl"' in ask(path="/kk-arab/")["text"][:200]
    for path in ("/kk/search/results.json?q=a", "/kk/search/suggestions/?q=a"):
        answer = ask(path=path)
        assert_unavailable(answer)
        assert set(json.loads(answer["text"])) == {"error", "detail"}
    answer = ask(path="/kk/search/feed.atom?q=a")
    assert_unavailable(answer)
    assert answer["headers"]["Content-Type"].startswith("text/plain")
    signed_in = {"sessionid": "a" * 32}
    for path in ("/admin/", "/admin/pages/", "/admin/no-such-page/"):
        assert_unavailable(ask(path=path, cookies=signed_in))
    assert_unavailable(ask(path="/admin/login/", method="POST"))
    postgresql_server.start()
    assert ask(path="/kk/", afresh=True)["status"] == 200


@pytest.mark.postgresql
def test_requests_that_write_answer_503_while_postgresql_is_read_only(
    ask, postgresql_server
):
    postgresql_server.start()
    made = "User.objects.create_superuser('editor', 'e@example.org', 'secret')"
    model = "from django.contrib.auth import get_user_model as m; User = m(); "
    ask(command=["shell", "-c", model + made], afresh=True)
    ask(sql="ALTER DATABASE archive SET default_transaction_read_only = on")
    sign_in = {
        "path": "/admin/login/",
        "data": {"username": "editor", "password": "secret", "next": "/admin/"},
    }
    assert ask(path="/kk/", afresh=True)["status"] == 200
    assert_unavailable(ask(**sign_in))
    ask(sql="SET default_transaction_read_only = off")
    ask(sql="ALTER DATABASE archive RESET default_transaction_read_only")
    assert ask(afresh=True, **sign_in)["status"] == 302


def postgresql_error(sqlstate: str | None, kind: type = OperationalError) -> Exception:
    cause = Exception("of the driver")
    cause.sqlstate = sqlstate  # type: ignore[attr-defined]
    error = kind("of Django")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (postgresql_error(None), True),  # no server listens
        (postgresql_error("57P01"), True),  # shut down in the middle
        (postgresql_error("57P03"), True),  # starting up
        (postgresql_error("53300"), True),  # too many connections
        (postgresql_error("53100"), True),  # disk full
        (postgresql_error("25006", DatabaseError), True),  # read-only
        (postgresql_error("40P01"), True),  # deadlock
        (postgresql_error("42P01", DatabaseError), False),  # no such table
        (postgresql_error("22P05", DatabaseError), False),  # NUL in JSON
        (InterfaceError("connection already closed"), True),
        (InterfaceError("bad argument"), False),
        (OperationalError("no such table: x"), False),
        (ValueError("x"), False),
        (None, False),
    ],
    ids=str,
)
def test_an_unavailable_database_is_distinguished_from_other_errors(error, away):
    assert is_database_away(error) is away


def test_an_error_that_comes_of_it_counts_too():
    later = ValueError("in the middle of something")
    later.__context__ = postgresql_error("57P01")
    assert is_database_away(later)


SQLITE = {
    "locked": (sqlite3.SQLITE_BUSY, True),
    "full": (sqlite3.SQLITE_FULL, True),
    "read-only": (sqlite3.SQLITE_READONLY, True),
    "no file": (sqlite3.SQLITE_CANTOPEN, True),
    "write error": (sqlite3.SQLITE_IOERR_WRITE, True),
    "no table": (sqlite3.SQLITE_ERROR, False),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", SQLITE)
def test_a_locked_full_or_read_only_sqlite_answers_503(homes, monkeypatch, name):
    code, away = SQLITE[name]

    def fail(*args: object, **kwargs: object) -> None:
        cause = sqlite3.OperationalError(name)
        cause.sqlite_errorcode = code
        raise OperationalError(name) from cause

    monkeypatch.setattr("newsroom.articles.views.serve", fail)
    client = Client(raise_request_exception=False)
    assert client.get("/kk/").status_code == (503 if away else 500)
