"""Load generator: keep-alive connections that send one request after another.

    python -m benchmarks.serving.load PORT PATH CONNECTIONS SECONDS

Runs in a process of its own, so that it takes no time from the server's threads. Each
connection waits for its response before it sends the next request (closed loop).
Prints JSON: the number of responses, the seconds that they took, and the bytes of one.
"""

import json
import selectors
import socket
import sys
import time

HEADERS_END = b"\r\n\r\n"


class Connection:
    """One keep-alive connection, and the response that it is receiving."""

    def __init__(self, port: int, path: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # No compression: proxies do that, and stock Wagtail does not.
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            "Accept: text/html\r\nConnection: keep-alive\r\n\r\n"
        ).encode("ascii")
        self.received = bytearray()

    def send(self) -> None:
        self.received.clear()
        self.socket.sendall(self.request)

    def receive(self) -> int:
        """Return the length of the body if the response is complete, and else 0."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionError("The server closed the connection.")
        self.received += part
        end = self.received.find(HEADERS_END)
        if end < 0:
            return 0
        head = bytes(self.received[:end]).lower()
        if not head.startswith(b"http/1.1 200"):
            raise ConnectionError(head.partition(b"\r\n")[0].decode())
        body = len(self.received) - end - len(HEADERS_END)
        if b"transfer-encoding: chunked" in head:
            return body if self.received.endswith(b"0" + HEADERS_END) else 0
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        return body if body == length else 0


def measure(port: int, path: str, connections: int, seconds: float) -> dict[str, float]:
    """Return the number of responses within *seconds*, their time and their length."""
    selector = selectors.DefaultSelector()
    for _number in range(connections):
        connection = Connection(port, path)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send()
    started = time.perf_counter()
    count = length = 0
    while (now := time.perf_counter()) - started < seconds:
        for ready, _events in selector.select(timeout=1):
            if size := ready.data.receive():
                count, length = count + 1, size
                ready.data.send()
    for ready in list(selector.get_map().values()):
        ready.data.socket.close()
    return {"responses": count, "seconds": now - started, "bytes": length}


if __name__ == "__main__":
    port, path, connections, seconds = sys.argv[1:]
    result = measure(int(port), path, int(connections), float(seconds))
    print(json.dumps(result))
