"""The site as docs/production.md starts it, behind a real proxy with HTTPS."""

import http.cookiejar
import os
import re
import secrets
import shlex
import signal
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from base64 import b32decode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django_otp.oath import totp

from newsroom.web.proxies import behind_proxies
from tests.servers.caddy import Caddy
from tests.servers.fixtures import served
from tests.servers.processes import (
    end,
    free_ports,
    new_folder,
    remove,
    wait_until,
)

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "production.md"
START_SECONDS = 300
# The tests' proxy has another port; visitors of a real one never see its number.
SITE_URL = "https://localhost"
CREATE_SUPERUSER = "createsuperuser --no-input --username boss --email boss@example.com"
PASSWORD = secrets.token_urlsafe(16)
# A picture as an editor uploads it, with the file that pages show of it: before its
# article is published, and afterwards.
MAKE_PICTURE = """
from home.models import HomePage
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.files.storages import rendition_storage
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
picture = Image.objects.create(title="A", file=get_test_image_file())
shown = picture.get_rendition("width-100|format-jpeg|plain")
section = SectionPage(title="A")
HomePage.objects.first().add_child(instance=section)
article = ArticlePage(title="A", lead="A", lead_picture=picture, live=False)
section.add_child(instance=article)
revision = article.save_revision()
"""
SAY_URLS = "print(shown.url, shown.file.name, picture.file.name, picture.file.url)"


def documented_commands() -> list[str]:
    """Return the commands of the section "Start it", without their comments."""
    block = re.search(r"## Start it\n+```sh\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    assert block, "docs/production.md has lost its commands"
    return [line.partition(" #")[0].strip() for line in block[1].splitlines()]


class ProductionSite:
    """The commands of the document, carried out; the last one is the server."""

    def __init__(self, port: int, var_dir: Path):
        inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        self.environment = inherited | {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "localhost",
            "SITE_URL": SITE_URL,
            "EMAIL_URL": "smtp://localhost",
            "DEFAULT_FROM_EMAIL": "archive@localhost",
            "VAR_DIR": str(var_dir),
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        }
        *preparations, self.server = documented_commands()
        for command in preparations:
            if command.startswith(".venv/bin/"):
                self.run(command.replace("createsuperuser", CREATE_SUPERUSER))
        self.server = self.server.replace("--port 8000", f"--port {port}")
        assert str(port) in self.server
        self._port = port

    def words(self, command: str) -> list[str]:
        folder = str(Path(sys.executable).parent)
        return shlex.split(command.replace(".venv/bin", folder))

    def run(self, command: str, *more: str) -> str:
        return subprocess.run(
            [*self.words(command), *more],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ).stdout

    def _is_up(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 1):
            return True
        return False

    def __enter__(self) -> "ProductionSite":
        self._process = subprocess.Popen(
            self.words(self.server),
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )
        assert wait_until(self._is_up, START_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        end(self._process.pid, gently=signal.SIGTERM, seconds=START_SECONDS)
        self._process.wait(START_SECONDS)


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments, **options):
        return None


class Visitor:
    """A browser without scripts: keeps cookies, follows no redirect."""

    def __init__(self, caddy: Caddy):
        self.base = caddy.url
        context = ssl.create_default_context(cafile=str(caddy.certificate))
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPCookieProcessor(self.cookies),
            NoRedirects(),
        )

    def ask(self, path: str, data: bytes | None = None, **headers: str):
        """Return the answer's status, headers and body."""
        url = path if "://" in path else self.base + path
        request = urllib.request.Request(url, data, headers)
        try:
            with self._opener.open(request, timeout=START_SECONDS) as answer:
                return answer.status, answer.headers, answer.read().decode("latin1")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode("latin1")


@pytest.fixture(scope="module")
def var_dir() -> Iterator[Path]:
    folder = new_folder("newsroom-production-")
    yield folder
    remove(folder)


@pytest.fixture(scope="module")
def application() -> str:
    return f"127.0.0.1:{free_ports(1)[0]}"


@pytest.fixture(scope="module")
def caddy(application, var_dir) -> Iterator[Caddy]:
    yield from served(lambda: Caddy(application, var_dir))


@pytest.fixture(scope="module")
def production_site(caddy, application, var_dir) -> Iterator[ProductionSite]:
    port = int(application.rpartition(":")[2])
    with ProductionSite(port, var_dir) as site:
        yield site


@pytest.fixture
def visitor(caddy, production_site) -> Visitor:
    return Visitor(caddy)


pytestmark = pytest.mark.xdist_group("production server")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_page_is_served_by_https_without_a_redirect(visitor, language):
    status, headers, page = visitor.ask(f"/{language}/")
    assert status == 200
    assert f'<link rel="canonical" href="{SITE_URL}/{language}/">' in page
    assert headers["Strict-Transport-Security"]


def test_a_static_file_is_served_for_ever(visitor):
    _, _, page = visitor.ask("/kk/")
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert sheets
    for sheet in sheets:
        status, headers, _ = visitor.ask(sheet)
        assert (status, "immutable" in headers["Cache-Control"]) == (200, True)


def test_a_picture_is_served_and_its_original_is_not(visitor, production_site):
    shell = ".venv/bin/python manage.py shell -c"
    printed = production_site.run(shell, MAKE_PICTURE + SAY_URLS)
    url, name, original, private = printed.strip().splitlines()[-1].split()
    for asked in (url, f"/media/{name}", f"/media/{original}", private):
        assert visitor.ask(asked)[0] == 404
    publish = "from newsroom.articles.models import ArticlePage\n" + (
        "ArticlePage.objects.get().get_latest_revision().publish()"
    )
    production_site.run(shell, publish)
    assert visitor.ask(f"/media/{name}")[0] == 200
    for asked in (f"/media/{original}", f"/private/{original}", private):
        assert visitor.ask(asked)[0] == 404
    withdraw = publish.replace("get_latest_revision().publish", "unpublish")
    production_site.run(shell, withdraw)
    assert visitor.ask(f"/media/{name}")[0] == 404
    assert visitor.ask("/media/../db.sqlite3")[0] == 404
    assert visitor.ask("/media/images/%2e%2e/%2e%2e/db.sqlite3")[0] == 404


def test_a_user_can_log_in_to_the_admin(visitor):
    status, headers, _ = visitor.ask("/admin/")
    assert status == 302
    status, _, page = visitor.ask(headers["Location"])
    assert status == 200
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = {"username": "boss", "password": PASSWORD, "csrfmiddlewaretoken": token}
    login = f"{visitor.base}/admin/login/"
    data = urllib.parse.urlencode(form | {"next": "/admin/"}).encode()
    status, headers, _ = visitor.ask(login, data, Referer=login)
    assert (status, headers["Location"]) == (302, "/admin/")
    assert all(cookie.secure for cookie in visitor.cookies)
    # An administrator has to set up a second factor before anything else.
    status, headers, _ = visitor.ask("/admin/")
    status, headers, _ = visitor.ask(headers["Location"])
    assert headers["Location"].startswith("/admin/sign-in/set-up/")
    status, _, page = visitor.ask("/admin/sign-in/app/")
    assert status == 200
    key = re.search(r'sign-in__key">([^<]+)<', page)[1].replace(" ", "")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = {"code": f"{totp(b32decode(key)):06}", "csrfmiddlewaretoken": token}
    address = f"{visitor.base}/admin/sign-in/app/"
    data = urllib.parse.urlencode(form).encode()
    status, headers, _ = visitor.ask(address, data, Referer=address)
    assert headers["Location"].startswith("/admin/sign-in/recovery-codes/")
    assert visitor.ask("/admin/")[0] == 200


def test_a_request_without_https_is_redirected_once(visitor, application):
    path = f"http://{application}/kk/?page=2"
    status, headers, _ = visitor.ask(path, Host="localhost")
    assert (status, headers["Location"]) == (301, f"{SITE_URL}/kk/?page=2")
    forwarded = {"Host": "localhost", "X-Forwarded-Proto": "https"}
    assert visitor.ask(path, **forwarded)[0] == 200


def test_a_visitor_cannot_forge_headers_of_the_proxy(visitor):
    forged = {"X-Forwarded-Proto": "http", "X-Forwarded-For": "203.0.113.9"}
    assert visitor.ask("/kk/", **forged)[0] == 200


def environ_seen(trusted: str, **environ: str) -> tuple[str, str]:
    """Return the scheme and the address that the application sees."""
    seen: dict[str, str] = {}
    application = behind_proxies(lambda environ, start: seen.update(environ), trusted)
    application({"wsgi.url_scheme": "http", **environ}, None)
    return seen["wsgi.url_scheme"], seen["REMOTE_ADDR"]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, ("http", "10.0.0.7")),
        ({"PROTO": "https"}, ("https", "10.0.0.7")),
        ({"PROTO": "HTTPS, http"}, ("https", "10.0.0.7")),
        ({"PROTO": "gopher"}, ("http", "10.0.0.7")),
        ({"PROTO": "https", "FOR": "192.0.2.1"}, ("https", "192.0.2.1")),
        ({"PROTO": "https", "FOR": "6.6.6.6, 192.0.2.1"}, ("https", "192.0.2.1")),
        ({"PROTO": "https", "FOR": "192.0.2.1, 10.0.0.3"}, ("https", "192.0.2.1")),
    ],
)
def test_headers_of_a_trusted_proxy_set_address_and_scheme(headers, expected):
    environ = {f"HTTP_X_FORWARDED_{name}": value for name, value in headers.items()}
    assert environ_seen("10.0.0.0/8", REMOTE_ADDR="10.0.0.7", **environ) == expected


def test_headers_of_other_clients_are_ignored():
    environ = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "192.0.2.1"}
    seen = environ_seen("10.0.0.0/8", REMOTE_ADDR="198.51.100.4", **environ)
    assert seen == ("http", "198.51.100.4")
