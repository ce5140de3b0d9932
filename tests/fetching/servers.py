"""A server that answers with any bytes, and names that lead to it."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from newsroom.fetching.guarded import fetch

Speak = Callable[[socket.socket, bytes], None]
HTML = ["text/html"]


class Server:
    """A server on a free port of this machine; ``asked`` are the requests it got."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.asked: list[bytes] = []
        self.speak: Speak = lambda connection, request: None
        self.context = context
        self.is_stopping = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.threads: list[threading.Thread] = []

    def says(self, answer: bytes) -> None:
        self.speak = lambda connection, request: connection.sendall(answer)

    def run(self) -> None:
        while not self.is_stopping.is_set():
            try:
                connection, _address = self.listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=[connection])
            self.threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            request = b""
            while b"\r\n\r\n" not in request:
                data = connection.recv(65536)
                if not data:
                    break
                request += data
            self.asked.append(request)
            self.speak(connection, request)
        connection.close()

    def trickle(self, start: bytes, piece: bytes) -> None:
        """Answer *start*, and then *piece* again and again until somebody hangs up."""

        def speak(connection: socket.socket, request: bytes) -> None:
            connection.sendall(start)
            while not self.is_stopping.wait(0.02):
                connection.sendall(piece)

        self.speak = speak


@contextmanager
def running(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(context)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.is_stopping.set()
        with suppress(OSError):
            server.listener.shutdown(socket.SHUT_RDWR)
        server.listener.close()
        for one in (thread, *server.threads):
            one.join()


def answer(
    body: bytes = b"", *headers: str, status: int = 200, kind: str = "text/html"
) -> bytes:
    lines = [
        f"HTTP/1.1 {status} X",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def get(url: str, **options):
    """Fetch an HTML page from a URL of the tests' internet."""
    return fetch(url, content_types=HTML, **options)
