"""A LibreTranslate server for tests, over HTTP, with selectable faults."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Machine:
    """Translator: ``fault`` names what goes wrong, ``asked`` holds the requests."""

    def __init__(self) -> None:
        self.fault = ""
        self.asked: list[dict[str, Any]] = []
        self.url = ""

    def answer(self, body: dict[str, Any]) -> tuple[int, bytes]:
        self.asked.append(body)
        texts = [f"{body['target'].upper()} {text}" for text in body["q"]]
        if self.fault == "hang":
            time.sleep(3)
        if self.fault in ("429", "403", "500", "413"):
            return int(self.fault), b'{"error": "no"}'
        if self.fault == "second fails" and len(self.asked) > 1:
            return 500, b"{}"
        if self.fault == "cut":
            return 200, json.dumps({"translatedText": texts}).encode()[:-20]
        if self.fault == "fewer":
            texts = texts[:-1]
        if self.fault == "empty":
            texts[0] = ""
        if self.fault == "another form":
            return 200, json.dumps({"translation": texts}).encode()
        if self.fault == "numbers lost":
            texts = ["".join(c for c in t if not c.isdigit()) for t in texts]
        if self.fault == "script":
            texts = [f"<script>alert(1)</script>{text}" for text in texts]
        return 200, json.dumps({"translatedText": texts}).encode()


@contextmanager
def running() -> Iterator[Machine]:
    machine = Machine()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            status, body = machine.answer(json.loads(self.rfile.read(length)))
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # the client has disconnected

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    machine.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    try:
        yield machine
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
