"""The guarded fetcher asks the public internet only, and not without limits."""

import gzip
import ssl
import subprocess
from ipaddress import ip_address

import pytest

from newsroom.fetching import transport
from newsroom.fetching.addresses import is_public
from newsroom.fetching.errors import (
    RefusedURLError,
    TooLargeError,
    TooSlowError,
    UnreachableError,
    UnusableAnswerError,
    WrongTypeError,
)
from newsroom.fetching.guarded import MAX_REDIRECTS, MAX_URL_LENGTH, fetch
from tests.fetching.conftest import PUBLIC
from tests.fetching.servers import answer, running

HTML = ["text/html"]
SLOW = 0.5  # seconds that a slow server is given

PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]


def get(url: str, **options):
    return fetch(url, content_types=HTML, **options)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_into_a_private_network_is_refused(internet, address):
    internet.names["evil.kz"] = [address]
    with pytest.raises(RefusedURLError):
        get("http://evil.kz/")
    assert internet.connected == []


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_in_the_url_is_refused(internet, address):
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(RefusedURLError):
        get(f"http://{host}/")
    assert internet.connected == []


def test_a_name_with_public_and_private_addresses_is_refused(internet):
    for addresses in ([PUBLIC, "10.0.0.1"], ["::1", PUBLIC]):
        internet.names["evil.kz"] = addresses
        with pytest.raises(RefusedURLError):
            get("http://evil.kz/")
    assert internet.connected == []


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450::1", "2606:4700::6810:1"])
def test_public_addresses_are_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host",
    [
        "127.1",
        "127.0.1",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "0x7f000001",
        "0x7f.1",
        "0X7F.1",
        "127.0.0.1.",
        "127.0.0.01",
        "１２７.0.0.1",
        "127。0。0。1",
        "①②⑦.0.0.1",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[fe80::1%25eth0]",
        "[fe80::1%eth0]",
        "[::1",
        "8.8.8.8.8",
        "1.2.3",
        "-a.kz",
        "a-.kz",
        "a..kz",
        "." * 3,
        "a" * 64 + ".kz",
        "a." * 130 + "kz",
        "a%2eb.kz",
        "a b.kz",
        "a\tb.kz",
        "a\u00adb\u200d.kz\u2044x",
        "",
    ],
)
def test_hosts_that_programs_read_differently_are_refused(internet, host):
    internet.names = {name: [PUBLIC] for name in (host, "127.0.0.1", "localhost")}
    with pytest.raises(RefusedURLError):
        get(f"http://{host}/")
    assert internet.connected == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://site.kz/",
        "file:///etc/passwd",
        "gopher://site.kz/",
        "javascript:alert(1)",
        "//site.kz/",
        "site.kz",
        "",
        "http:///path",
        "http://user@site.kz/",
        "http://user:key@site.kz/",
        "http://@site.kz/",
        "http://site.kz@127.0.0.1/",
        "http://127.0.0.1\\@site.kz/",
        "http://site.kz\\@127.0.0.1/",
        "http://site.kz:22/",
        "http://site.kz:8080/",
        "http://site.kz:0/",
        "http://site.kz:99999/",
        "http://site.kz:x/",
        "http://site.kz/a\r\nHost: evil",
        "http://site.kz/a b",
        "http://site.kz/\x00",
        "http://site.kz/\u202e",
        "http://site.kz/" + "a" * MAX_URL_LENGTH,
    ],
)
def test_urls_that_are_not_of_the_web_are_refused(internet, url):
    with pytest.raises(RefusedURLError):
        get(url)
    assert internet.connected == []


def test_the_connection_goes_to_the_address_that_was_checked(internet, server):
    server.says(answer(b"text"))
    assert get("http://site.kz/a?b=1#c").body == b"text"
    # A second look-up could have another answer.
    assert internet.resolved == ["site.kz"]
    assert internet.connected == [(PUBLIC, 80)]
    assert server.asked[0].startswith(b"GET /a?b=1 HTTP/1.1\r\nHost: site.kz\r\n")


def test_the_request_names_the_site_and_carries_nothing_secret(
    internet, server, settings, monkeypatch
):
    settings.WAGTAILADMIN_BASE_URL = "https://archive.kz"
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.says(answer(b"text"))
    get("http://site.kz/", headers={"If-None-Match": '"a"'})
    lines = server.asked[0].decode().split("\r\n")
    assert "User-Agent: newsroom-archive (+https://archive.kz)" in lines
    assert 'If-None-Match: "a"' in lines
    assert not [
        x for x in lines if x.startswith(("Cookie", "Authorization", "Referer"))
    ]
    with pytest.raises(ValueError, match="cookie"):
        get("http://site.kz/", headers={"Cookie": "a=b"})


def test_names_in_other_letters_are_asked_as_dns_knows_them(internet, server):
    internet.names["xn--e1afmkfd.xn--80ao21a"] = [PUBLIC]
    server.says(answer(b"text"))
    found = get("http://ПРИМЕР.қаз/жол?сұрақ=1")
    assert found.status == 200
    assert b"Host: xn--e1afmkfd.xn--80ao21a\r\n" in server.asked[0]
    assert server.asked[0].startswith(b"GET /%D0%B6%D0%BE%D0%BB?%D1%81")


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "//169.254.169.254/latest/meta-data/",
        "http://inside.kz/",
        "file:///etc/passwd",
        "http://user:key@site.kz/",
        "http://site.kz:8000/",
        "http://2130706433/",
        "http://[",
    ],
)
def test_a_redirect_is_checked_like_the_first_url(internet, server, target):
    internet.names["inside.kz"] = ["10.0.0.1"]
    server.says(answer(b"", f"Location: {target}", status=302))
    with pytest.raises(RefusedURLError):
        get("http://site.kz/")
    assert internet.connected == [(PUBLIC, 80)]


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
