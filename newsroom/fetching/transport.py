"""One HTTP exchange with limits on its whole time and on the decompressed size.

``http.client`` has neither: a time-out of a socket begins again with every byte.
"""

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from time import monotonic

from newsroom.fetching.errors import (
    FetchError,
    TooLargeError,
    TooSlowError,
    UnreachableError,
    UnusableAnswerError,
)

CHUNK = 64 * 1024
ENCODINGS = {"", "identity", "gzip", "x-gzip"}
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """A server and what is asked of it; *addresses* are tried in order."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers with lower-case names, and the decompressed body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """Return the media type in lower case, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Deadline:
    """The end of the time that an exchange may take."""

    def __init__(self, seconds: float) -> None:
        self.end = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left. Raises TooSlowError if none are."""
        seconds = self.end - monotonic()
        if seconds <= 0:
            raise TooSlowError("The answer was not complete in time.")
        return seconds


def open_socket(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an IP address: nothing is resolved."""
    return socket.create_connection((address, port), timeout=seconds)


@cache
def tls_context() -> ssl.SSLContext:
    """Return the context that checks certificates and names."""
    return ssl.create_default_context()


class _Connection(http.client.HTTPConnection):
    """A connection to the addresses of its target, which is cut at the deadline.

    The name of the target is sent as ``Host`` and checked in the certificate.
    """

    def __init__(self, target: Target, deadline: Deadline) -> None:
        self.target, self.deadline = target, deadline
        self.default_port = DEFAULT_PORTS[target.scheme]
        super().__init__(target.host, target.port)

    def connect(self) -> None:
        raw = self._open()
        raw.settimeout(self.deadline.left())
        # Another handle of the same connection: TLS takes over the first one.
        self.handle = raw.dup()
        self.timer = threading.Timer(self.deadline.left(), self._cut)
        self.timer.daemon = True
        self.timer.start()
        self.sock = raw
        if self.target.scheme == "https":
            name = self.target.host
            self.sock = tls_context().wrap_socket(raw, server_hostname=name)

    def _open(self) -> socket.socket:
        for number, address in enumerate(self.target.addresses, start=1):
            try:
                return open_socket(address, self.target.port, self.deadline.left())
            except OSError:
                if number == len(self.target.addresses):
                    raise
        raise UnreachableError(f"{self.target.host} has no address.")

    def _cut(self) -> None:
        with suppress(OSError):
            self.handle.shutdown(socket.SHUT_RDWR)

    def finish(self) -> None:
        """Close everything; ``http.client`` calls ``close`` before the body is read."""
        self.close()
        if timer := getattr(self, "timer", None):
            timer.cancel()
            self.handle.close()


def exchange(
    target: Target,
    *,
    method: str,
    headers: Mapping[str, str],
    body: bytes | None,
    deadline: Deadline,
    max_bytes: int,
    check: Callable[[Answer], bool] | None = None,
) -> Answer:
    """Send one request and return the answer, without following redirects.

    *check* is called with status and headers before the body is read; the body is left
    unread if it returns False. It may raise a FetchError. Raises FetchError.
    """
    connection = _Connection(target, deadline)
    response = None
    try:
        sent = {**headers, "Accept-Encoding": "gzip", "Connection": "close"}
        connection.request(method, target.path, body=body, headers=sent)
        response = connection.getresponse()
        deadline.left()  # a connection that was cut looks like one that has ended
        known = {name.lower(): value for name, value in response.getheaders()}
        answer = Answer(response.status, known, b"")
        is_wanted = check is None or check(answer)
        data = _body_of(response, known, deadline, max_bytes) if is_wanted else b""
        deadline.left()
        return Answer(response.status, known, data)
    except FetchError:
        raise
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        deadline.left()
        raise _error_of(error, target) from error
    finally:
        if response is not None:
            response.close()
        connection.finish()


def _error_of(error: Exception, target: Target) -> FetchError:
    if isinstance(error, TimeoutError):
        return TooSlowError(f"{target.host} did not answer in time.")
    if isinstance(error, OSError):
        return UnreachableError(f"{target.host} cannot be reached: {error}")
    return UnusableAnswerError(f"{target.host}: {type(error).__name__}")


def _body_of(
    response: http.client.HTTPResponse,
    headers: Mapping[str, str],
    deadline: Deadline,
    max_bytes: int,
) -> bytes:
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in ENCODINGS:
        raise UnusableAnswerError(f"Content-Encoding {encoding!r} was not asked for.")
    if response.length is not None and response.length > max_bytes:
        raise TooLargeError(f"More than {max_bytes} bytes.")
    chunks = _chunks(response, deadline, max_bytes)
    if "gzip" in encoding:
        chunks = _decompressed(chunks)
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > max_bytes:
            raise TooLargeError(f"More than {max_bytes} bytes.")
    if response.length:
        raise UnusableAnswerError("The answer is cut off.")
    return bytes(data)


def _chunks(
    response: http.client.HTTPResponse, deadline: Deadline, max_bytes: int
) -> Iterator[bytes]:
    count = 0
    while chunk := response.read(CHUNK):
        deadline.left()
        count += len(chunk)
        if count > max_bytes:
            raise TooLargeError(f"More than {max_bytes} bytes.")
        yield chunk


def _decompressed(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the content of one or more gzip members, at most CHUNK bytes at a time."""
    decoder = None
    for chunk in chunks:
        rest = chunk
        while rest:
            if decoder is None or decoder.eof:
                decoder = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
            yield decoder.decompress(rest, CHUNK)
            rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    if decoder is not None and not decoder.eof:
        yield decoder.flush()
        if not decoder.eof:
            raise UnusableAnswerError("The compressed answer is cut off.")
