"""The client for services that the operator names: no redirects, and limits."""

import json

import pytest

from newsroom.fetching.errors import (
    RefusedURLError,
    TooLargeError,
    TooSlowError,
    UnreachableError,
    UnusableAnswerError,
)
from newsroom.fetching.services import StatusError, post_json
from tests.fetching.servers import answer, running


@pytest.fixture
def url(server) -> str:
    return f"http://127.0.0.1:{server.port}/translate?a=1"


def test_json_and_forms_are_posted_with_the_key(server, url):
    server.says(answer(json.dumps({"қ": 1}).encode()))
    named = url.replace("http://", "http://me:p%40ss@")
    found = post_json(named, payload={"q": "қ"}, headers={"X-Key": "k"}, seconds=9)
    assert found == {"қ": 1}
    head, _, _body = server.asked[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /translate?a=1 HTTP/1.1\r\n")
    assert b"\r\nX-Key: k\r\n" in head
    assert b"\r\nAuthorization: Basic bWU6cEBzcw==\r\n" in head
    assert b"me:p" not in head
    post_json(url, form={"text": ["a", "b"]}, seconds=9)
    assert b"application/x-www-form-urlencoded" in server.asked[1]


@pytest.mark.parametrize("status", [301, 302, 307, 401, 429, 500])
def test_other_statuses_are_errors_and_redirects_are_not_followed(server, url, status):
    with running() as elsewhere:
        there = f"Location: http://127.0.0.1:{elsewhere.port}/"
        server.says(answer(b"{}", there, status=status))
        with pytest.raises(StatusError) as error:
            post_json(url, payload={}, headers={"Authorization": "key"}, seconds=9)
        assert error.value.status == status
        assert elsewhere.asked == []


def test_time_and_size_are_limited(server, url):
    server.trickle(b"HTTP/1.1 200 X\r\n\r\n", b" ")
    with pytest.raises(TooSlowError):
        post_json(url, payload={}, seconds=0.5)
    server.says(answer(b" " * 2000 + b"{}"))
    with pytest.raises(TooLargeError):
        post_json(url, payload={}, seconds=9, max_bytes=1000)


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_an_error(server, url, body):
    server.says(answer(body))
    with pytest.raises(UnusableAnswerError):
        post_json(url, payload={}, seconds=9)


def test_proxies_of_the_environment_are_not_used(server, url, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.says(answer(b"{}"))
    assert post_json(url, payload={}, seconds=9) == {}


def test_a_service_that_is_not_there_is_unreachable():
    with running() as gone:
        port = gone.port
    with pytest.raises(UnreachableError):
        post_json(f"http://127.0.0.1:{port}/", payload={}, seconds=9)


@pytest.mark.parametrize("url", ["ftp://a.kz/", "a.kz", "http://[", "http://a:x/"])
def test_a_url_that_is_none_is_refused(url):
    with pytest.raises(RefusedURLError):
        post_json(url, payload={}, seconds=9)
