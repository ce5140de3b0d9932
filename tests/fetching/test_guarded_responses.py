"""Responses to the guarded fetcher: redirects, types, sizes, time and certificates."""

import gzip
import ssl
import subprocess

import pytest

from newsroom.fetching import transport
from newsroom.fetching.errors import (
    RefusedURLError,
    TooLargeError,
    TooSlowError,
    UnreachableError,
    UnusableAnswerError,
    WrongTypeError,
)
from newsroom.fetching.guarded import MAX_REDIRECTS, fetch
from tests.fetching.conftest import PUBLIC
from tests.fetching.servers import answer, get, running

SLOW = 0.5  # seconds that a slow server is given


def test_redirects_are_followed_up_to_a_limit(internet, server):
    def redirect(times: int):
        def speak(connection, request):
            number = len(server.asked)
            is_last = number > times
            said = answer(b"end") if is_last else b""
            there = answer(b"", f"Location: /{number}", status=301 + number % 2)
            connection.sendall(said or there)

        return speak

    server.speak = redirect(MAX_REDIRECTS)
    found = get("http://site.kz/")
    assert (found.body, found.url) == (b"end", f"http://site.kz/{MAX_REDIRECTS}")
    server.asked.clear()
    server.speak = redirect(MAX_REDIRECTS + 1)
    with pytest.raises(RefusedURLError):
        get("http://site.kz/")
    assert len(server.asked) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("status", [304, 403, 404, 500])
def test_other_statuses_have_no_body(internet, server, status):
    server.says(answer(b"" if status == 304 else b"secret", status=status))
    found = get("http://site.kz/")
    assert (found.status, found.body) == (status, b"")


@pytest.mark.parametrize("kind", ["application/zip", "", "text/html2", "image/png"])
def test_a_content_type_that_was_not_asked_for_is_refused(internet, server, kind):
    server.says(answer(b"x", kind=kind))
    with pytest.raises(WrongTypeError):
        get("http://site.kz/")


def test_content_types_can_be_a_group(internet, server):
    server.says(answer(b"x", kind="Image/PNG; a=b"))
    assert (
        fetch("http://site.kz/", content_types=["image/"]).content_type == "image/png"
    )


def test_a_large_answer_is_refused(internet, server):
    server.says(answer(b"x" * 1001))
    assert len(get("http://site.kz/", max_bytes=1001).body) == 1001
    with pytest.raises(TooLargeError):
        get("http://site.kz/", max_bytes=1000)
    server.says(b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n\r\n" + b"x" * 1001)
    with pytest.raises(TooLargeError):
        get("http://site.kz/", max_bytes=1000)


def test_compressed_answers_count_by_what_they_hold(internet, server):
    bomb = gzip.compress(b"\0" * 50_000_000)
    many = b"".join(gzip.compress(b"\0" * 100_000) for _ in range(20))
    for body in (bomb, many):
        server.says(answer(body, "Content-Encoding: gzip"))
        with pytest.raises(TooLargeError):
            get("http://site.kz/", max_bytes=1_000_000)
    server.says(
        answer(gzip.compress(b"ab") + gzip.compress(b"c"), "Content-Encoding: gzip")
    )
    assert get("http://site.kz/").body == b"abc"


@pytest.mark.parametrize(
    "said",
    [
        answer(b"x", "Content-Encoding: br"),
        answer(b"x", "Content-Encoding: gzip, gzip"),
        answer(b"no gzip", "Content-Encoding: gzip"),
        answer(gzip.compress(b"x" * 1000)[:-9], "Content-Encoding: gzip"),
        answer(b"whole").replace(b"Content-Length: 5", b"Content-Length: 50"),
        b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 X\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 X\r\nA: " + b"b" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 " + b"2" * 70_000,
        b"",
    ],
    ids=lambda said: repr(said[:20]) + str(len(said)),
)
def test_a_damaged_answer_is_not_used(internet, server, said):
    server.says(said)
    with pytest.raises((UnusableAnswerError, UnreachableError)):
        get("http://site.kz/")


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 X\r\n", b""),
        (b"HTTP/1.1 200 X\r\nA: ", b"b"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n\r\n", b"x"),
        (
            b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n",
            b"A: b\r\n",
        ),
    ],
    ids=["nothing", "no header", "header", "continue", "body", "trailers"],
)
def test_the_time_is_limited_as_a_whole(internet, server, start, piece):
    server.trickle(start, piece)
    with pytest.raises(TooSlowError):
        get("http://site.kz/", seconds=SLOW)


def test_a_slow_chain_of_redirects_ends(internet, server):
    def speak(connection, request):
        server.is_stopping.wait(SLOW / 3)
        connection.sendall(answer(b"", "Location: /again", status=302))

    server.speak = speak
    with pytest.raises(TooSlowError):
        get("http://site.kz/", seconds=SLOW)
    assert len(server.asked) <= MAX_REDIRECTS


def test_a_name_without_an_address_is_unreachable(internet):
    with pytest.raises(UnreachableError):
        get("http://nowhere.kz/")


def test_every_address_is_tried(internet, server, monkeypatch):
    internet.names["site.kz"] = ["2606:4700::1", PUBLIC]
    working = internet.open_socket

    def open_socket(address, port, seconds):
        if ":" in address:
            internet.connected.append((address, port))
            raise ConnectionRefusedError
        return working(address, port, seconds)

    monkeypatch.setattr(transport, "open_socket", open_socket)
    server.says(answer(b"text"))
    assert get("http://site.kz/").body == b"text"
    assert [address for address, _port in internet.connected] == [
        "2606:4700::1",
        PUBLIC,
    ]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Return the file of a certificate for site.kz that signs itself, with its key."""
    path = tmp_path_factory.mktemp("tls") / "site.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=site.kz"
    names = ["-addext", "subjectAltName=DNS:site.kz"]
    files = ["-keyout", str(path), "-out", str(path.with_suffix(".crt"))]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + path.with_suffix(".crt").read_bytes())
    return path


def test_certificates_are_checked_against_the_name(internet, certificate, monkeypatch):
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)
    internet.names["other.kz"] = [PUBLIC]
    with running(serving) as server:
        internet.server = server
        server.says(answer(b"text"))
        with pytest.raises(UnreachableError):  # nobody trusts this certificate
            get("https://site.kz/")
        trusting = ssl.create_default_context(cafile=certificate)
        monkeypatch.setattr(transport, "tls_context", lambda: trusting)
        assert get("https://site.kz/").body == b"text"
        with pytest.raises(UnreachableError):
            get("https://other.kz/")
    assert {port for _address, port in internet.connected} == {443}
