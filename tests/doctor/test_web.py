"""HTTPS, the proxy's headers and private files: each broken, and named."""

from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.utils import timezone

from newsroom.doctor import site_client
from newsroom.doctor.site_client import (
    Answer,
    NoAnswerError,
    UntrustedCertificateError,
)
from tests.doctor.test_servers import assert_one

URL = "https://archive.example"
MEGABYTES = 20
HSTS = {"Strict-Transport-Security": "max-age=31536000"}


@pytest.fixture
def site(settings, monkeypatch):
    """Return the answers of a site by URL, which a test changes; all is well first."""
    settings.WAGTAILADMIN_BASE_URL = URL
    settings.SECURE_HSTS_SECONDS = 31_536_000
    answers = {
        f"{URL}/kk/": page(),
        "http://archive.example/kk/": Answer(301, {"Location": f"{URL}/kk/"}, b""),
    }

    def ask(url: str) -> Answer:
        answer = answers[url]
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(site_client, "ask", ask)
    return answers


def page(status=200, headers=None, *, left=80, days=90) -> Answer:
    now = timezone.now()
    period = (now - timedelta(days=days - left), now + timedelta(days=left, hours=1))
    headers = {"Location": None, "Strict-Transport-Security": None} | (
        HSTS if headers is None else headers
    )
    return Answer(status, headers, b"", *period)


def test_a_site_with_https_is_fine(doctor, site):
    code, results = doctor("https")
    assert code == 0
    assert len(results) == 3
    assert "80 more days" in results[1]["message"]


def test_a_site_without_https_is_a_failure(doctor, site, settings):
    settings.WAGTAILADMIN_BASE_URL = "http://archive.example"
    assert_one(doctor("https"), 2, "is not https", "SITE_URL")


@pytest.mark.parametrize(
    ("answer", "code", "message", "remedy"),
    [
        (NoAnswerError("refused"), 2, "does not answer: refused", "Start the proxy"),
        (UntrustedCertificateError("expired"), 2, "trust", "SSL_CERT_FILE"),
        (page(301, {"Location": f"{URL}/kk/"}), 2, "itself", "TRUSTED_PROXIES"),
        (page(400), 2, "status 400", "ALLOWED_HOSTS"),
        (page(404), 2, "status 404", "setup_site"),
        (page(502), 2, "status 502", "Start the web server"),
        (page(503), 2, "status 503", "Start the database"),
        (page(500), 2, "status 500", "log"),
        (page(headers={}), 1, "Strict-Transport-Security", "proxy"),
        (page(left=10), 1, "10 more days", "log of the proxy"),
        (page(left=2), 2, "2 more days", "log of the proxy"),
        (page(left=1, days=1.5), 0, "answers", ""),
    ],
)
def test_a_fault_of_https_is_named(doctor, site, answer, code, message, remedy):
    site[f"{URL}/kk/"] = answer
    status, results = doctor("https")
    assert status == code
    said = [one for one in results if message in one["message"]]
    assert len(said) == 1
    assert remedy in said[0]["remedy"]


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        (NoAnswerError("refused"), 1, "does not answer"),
        (page(200), 2, "does not redirect to https"),
        (page(301, {"Location": "http://archive.example/ru/"}), 2, "does not redirect"),
    ],
)
def test_a_missing_redirect_from_http_is_found(doctor, site, answer, code, message):
    site["http://archive.example/kk/"] = answer
    assert_one(doctor("https"), code, message)


@pytest.fixture
def folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.WAGTAILADMIN_BASE_URL = URL
    return tmp_path


def serve(monkeypatch, root: Path, *, below: tuple[str, ...]) -> list[str]:
    """Serve the files of *root* whose URLs begin with one of *below*."""
    asked = []

    def ask(url: str) -> Answer:
        path = url.removeprefix(URL)
        asked.append(path)
        file = (root / path.lstrip("/")).resolve()
        if path.startswith(below) and file.is_file():
            return Answer(200, {}, file.read_bytes())
        return Answer(404, {}, b"")

    monkeypatch.setattr(site_client, "ask", ask)
    return asked


def test_private_files_that_are_not_served_are_fine(doctor, folders, monkeypatch):
    (folders / "media" / "images").mkdir(parents=True)
    asked = serve(monkeypatch, folders, below=("/media/images/doctor",))
    assert_one(doctor("private"), 0, "Private files are not served")
    assert len(asked) >= 5
    assert [path for path in folders.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("below", ["/private/", "/media/", "/"])
def test_private_files_that_are_served_are_a_failure(
    doctor, folders, monkeypatch, below
):
    (folders / "media" / "images").mkdir(parents=True)
    serve(monkeypatch, folders, below=(below, "/media/images/doctor"))
    assert_one(doctor("private"), 2, "served to everybody", "deploy/Caddyfile")


def test_pictures_that_are_not_served_are_a_failure(doctor, folders, monkeypatch):
    serve(monkeypatch, folders, below=("/nothing",))
    assert_one(doctor("private"), 2, "pictures of public pages", "deploy/Caddyfile")


def test_a_site_that_does_not_answer_is_a_warning(doctor, folders, monkeypatch):
    def ask(url):
        raise NoAnswerError("refused")

    monkeypatch.setattr(site_client, "ask", ask)
    assert_one(doctor("private"), 1, "could not be asked", "https")
    assert_one(doctor("fonts"), 1, "could not be asked", "https")


class Redirecting(BaseHTTPRequestHandler):
    """Redirects every request and sends a body that is longer than the client reads."""

    def do_GET(self):
        self.send_response(302)
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        with suppress(OSError):  # the client has read enough
            for _ in range(MEGABYTES):
                self.wfile.write(b"x" * 1_000_000)

    def log_message(self, format, *arguments):
        pass


@pytest.fixture
def redirecting_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Redirecting)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_client_follows_no_redirect_and_reads_no_endless_body(redirecting_server):
    answer = site_client.ask(f"{redirecting_server}/page")
    assert answer.status == 302
    assert len(answer.body) == site_client.MAX_BYTES
    with pytest.raises(NoAnswerError):
        site_client.ask("http://127.0.0.1:1/")
    with pytest.raises(NoAnswerError):
        site_client.ask(redirecting_server.replace("http:", "https:"))
