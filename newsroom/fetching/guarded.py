"""The guarded fetcher: URLs that users, imports, feeds or webhooks name.

Decision 23 gives the reasons. Nothing of the site's own network is ever requested: the
address is checked after the name is resolved, the connection goes to that very address,
and every redirect is checked in the same way.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna
from django.conf import settings

from newsroom.fetching.addresses import literal, public_addresses
from newsroom.fetching.errors import RefusedURLError, WrongTypeError
from newsroom.fetching.transport import (
    DEFAULT_PORTS,
    Answer,
    Deadline,
    Target,
    exchange,
)

PORTS = frozenset({80, 443})
MAX_REDIRECTS = 5
# A news page with its markup has up to a megabyte; feeds of a thousand items have five.
MAX_BYTES = 10 * 1024 * 1024
SECONDS = 20.0  # for everything, redirects included
MAX_URL_LENGTH = 2048
REDIRECTS = {301, 302, 303, 307, 308}
# Headers that a caller may set: none that could carry a credential.
ALLOWED_HEADERS = {"accept", "accept-language", "if-none-match", "if-modified-since"}
NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
# Browsers and getaddrinfo read such a host as an IPv4 address: 127.1, 0x7f.1, 0177.1
NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
# Characters that may stand in a path or query as they are.
SAFE = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer; *url* is the last address, after redirects.

    *body* is empty unless the status is in the 200s.
    """

    url: str
    status: int
    content_type: str
    headers: Mapping[str, str]
    body: bytes


def fetch(
    url: str,
    *,
    content_types: Collection[str],
    headers: Mapping[str, str] | None = None,
    ports: Collection[int] = PORTS,
    max_bytes: int = MAX_BYTES,
    seconds: float = SECONDS,
) -> Fetched:
    """Return the answer to a GET request for *url*, following at most five redirects.

    Args:
        url: An absolute http: or https: URL, also with a host in other letters.
        content_types: Media types that the caller can read, such as ``text/html``, or
            groups such as ``image/``.
        headers: Names in ALLOWED_HEADERS only.
        ports: Ports that may be requested.
        max_bytes: Limit of the decompressed body.
        seconds: Limit of the whole call.

    Raises FetchError: RefusedURLError for a URL that must not be requested.
    """
    deadline = Deadline(seconds)
    sent = {**(headers or {}), "User-Agent": user_agent()}
    if unknown := {name.lower() for name in headers or {}} - ALLOWED_HEADERS:
        raise ValueError(f"These headers are not sent: {sorted(unknown)}")

    def is_wanted(answer: Answer) -> bool:
        if not 200 <= answer.status < 300:
            return False
        if not _is_among(answer.content_type, content_types):
            raise WrongTypeError(f"Content-Type {answer.content_type[:100]!r}")
        return True

    for _redirects in range(MAX_REDIRECTS + 1):
        target = checked_target(url, ports=ports, deadline=deadline)
        answer = exchange(
            target,
            method="GET",
            headers=sent,
            body=None,
            deadline=deadline,
            max_bytes=max_bytes,
            check=is_wanted,
        )
        location = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not location:
            kind = answer.content_type
            return Fetched(url, answer.status, kind, answer.headers, answer.body)
        url = _joined(url, location)
    raise RefusedURLError(f"More than {MAX_REDIRECTS} redirects.")


def checked_target(url: str, *, ports: Collection[int], deadline: Deadline) -> Target:
    """Return the server of *url* with addresses that may be requested.

    Raises RefusedURLError, UnreachableError or TooSlowError.
    """
    parts = _split(url)
    host = ascii_host(parts.hostname or "")
    port = _port(parts)
    if port not in ports:
        raise RefusedURLError(f"Port {port} is not allowed.")
    path = quote(parts.path or "/", safe=SAFE)
    query = f"?{quote(parts.query, safe=SAFE)}" if parts.query else ""
    addresses = public_addresses(host, port, deadline.left())
    return Target(parts.scheme, host, port, path + query, tuple(addresses))


def ascii_host(host: str) -> str:
    """Return a host name in the form that DNS knows, or an IP address.

    Raises RefusedURLError for what is neither: numbers that only some programs read as
    an address, and names that no server can have.
    """
    if address := literal(host):
        if "%" in host:
            raise RefusedURLError("An address with a zone is not public.")
        return str(address)
    try:
        name = idna.encode(host.rstrip("."), uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError, IndexError) as error:
        # Underscores are no part of IDNA, but of names in use.
        name = host.rstrip(".").lower()
        if not host.isascii():
            raise RefusedURLError("The host name is invalid.") from error
    if address := literal(name):  # written in other digits
        return str(address)
    last = name.rpartition(".")[2]
    if NUMBER.fullmatch(last) or len(name) > 253 or not NAME.fullmatch(name):
        raise RefusedURLError("The host name is invalid.")
    return name


def user_agent() -> str:
    return f"newsroom-archive (+{settings.WAGTAILADMIN_BASE_URL})"


def _split(url: str) -> SplitResult:
    """Return the parts of a URL with nothing in it that programs read differently."""
    if len(url) > MAX_URL_LENGTH:
        raise RefusedURLError("The URL is too long.")
    if not url.isprintable() or any(sign in url for sign in ' \\"<>'):
        raise RefusedURLError("The URL contains invalid characters.")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise RefusedURLError("The URL is invalid.") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise RefusedURLError("Only http and https are requested.")
    if "@" in parts.netloc:
        raise RefusedURLError("The URL contains a user name or password.")
    if not parts.hostname:
        raise RefusedURLError("The URL has no host.")
    return parts


def _port(parts: SplitResult) -> int:
    try:
        port = parts.port
    except ValueError as error:
        raise RefusedURLError("The port is invalid.") from error
    return DEFAULT_PORTS[parts.scheme] if port is None else port


def _joined(url: str, location: str) -> str:
    # http.client reads headers as Latin-1; servers send UTF-8.
    try:
        location = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        raise RefusedURLError("The redirect is invalid.") from None
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise RefusedURLError("The redirect is invalid.") from error


def _is_among(kind: str, allowed: Collection[str]) -> bool:
    return any(
        kind.startswith(one) if one.endswith("/") else kind == one for one in allowed
    )
