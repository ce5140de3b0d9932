"""A site whose media folder is served by a real web server, as in production."""

from collections.abc import Callable, Iterator
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.cache import cache


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args) -> None:
        """Suppress the log."""

    def list_directory(self, path) -> None:
        """Show no folder, as web servers do unless they are told to."""
        self.send_error(404)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT


@pytest.fixture
def media_server(folders) -> Iterator[ThreadingHTTPServer]:
    """Serve MEDIA_ROOT and nothing else, as docs/production.md requires of a proxy."""
    handler = partial(QuietHandler, directory=str(folders[0]))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ask(media_server, client) -> Callable[..., int]:
    """Return a function that returns the status of a URL for a visitor.

    The visitor is anonymous by default. URLs below /media/ are asked of the web server,
    others of the application.
    """

    def status(url: str, visitor=client) -> int:
        if not url.startswith("/media/"):
            return visitor.get(url, follow=True).status_code
        connection = HTTPConnection(*media_server.server_address)
        connection.request("GET", "/" + url.removeprefix("/media/"))
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    return status


@pytest.fixture(autouse=True)
def no_remembered_renditions():
    """Forget Wagtail's cached renditions: other tests use the same primary keys."""
    cache.clear()
