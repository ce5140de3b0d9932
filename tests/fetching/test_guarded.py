"""The guarded fetcher asks the public internet only, and not without limits."""

from ipaddress import ip_address

import pytest

from newsroom.fetching.addresses import is_public
from newsroom.fetching.errors import (
    RefusedURLError,
)
from newsroom.fetching.guarded import MAX_URL_LENGTH
from tests.fetching.conftest import PUBLIC
from tests.fetching.servers import answer, get

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
