"""The site as docs/production.md installs it, behind a real proxy with HTTPS."""

import http.cookiejar
import json
import os
import re
import secrets
import shlex
import shutil
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
from tests.doctor.test_servers import MailServer
from tests.servers.caddy import Caddy
from tests.servers.fixtures import served
from tests.servers.postgresql import SUPERUSER, PostgreSQLServer
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
# An article whose time comes in a moment: the worker publishes it.
SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from home.models import HomePage
from newsroom.articles.models import ArticlePage, SectionPage
section = SectionPage(title="B")
HomePage.objects.first().add_child(instance=section)
article = ArticlePage(title="Tungi қала", lead="Түнгі қала туралы.", live=False)
article.go_live_at = timezone.now() + timedelta(seconds=1)
section.add_child(instance=article)
article.save_revision().publish()
"""
SAY_URLS = "print(shown.url, shown.file.name, picture.file.name, picture.file.url)"


def documented_lines() -> list[str]:
    """Return the lines of all shell blocks in the section "Install it"."""
    section = re.search(
        r"^## Install it\n(.*?)^## ", DOCUMENT.read_text("utf-8"), re.M | re.S
    )
    assert section, "docs/production.md has lost its commands"
    blocks = re.findall(r"^```sh\n(.*?)^```$", section[1], re.M | re.S)
    assert len(blocks) == 5
    return "".join(blocks).splitlines()


class ProductionSite:
    """An empty place in which the commands of the document are carried out in order.

    Lines that end with ``&`` are the servers: the web server and the worker are started
    afterwards, the proxy by the fixture ``caddy``.
    """

    def __init__(self, place: Path, port: int, replaced: dict[str, str]):
        self.code, self._port = place / "srv", port
        copy_of_the_code(self.code)
        (place / "etc").mkdir()
        lines = documented_lines()
        script = "\n".join(line for line in lines if not line.endswith(" &"))
        self.servers = [line.removesuffix(" &") for line in lines if line.endswith("&")]
        assert len(self.servers) == 3
        assert self.servers.pop().endswith("caddy run --config deploy/Caddyfile")
        # The last command checks the running site: see the test of doctor.
        script, doctor = script.rsplit("\n", 1)
        assert doctor == ".venv/bin/python manage.py doctor"
        for old, new in replaced.items():
            assert old in script, old
            script = script.replace(old, new)
        self.servers[0] = self.servers[0].replace("--port 8000", f"--port {port}")
        assert str(port) in self.servers[0]
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        }
        inherited["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f"{script}\nenv -0 > {place}/env"],
            cwd=place,
            env=inherited,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert result.returncode == 0, result.stdout
        pairs = (place / "env").read_text().rstrip("\0").split("\0")
        self.environment = dict(pair.split("=", 1) for pair in pairs)
        self._processes: list[subprocess.Popen] = []

    def run(self, command: str, *more: str, check: bool = True, **environ: str) -> str:
        return subprocess.run(
            [*shlex.split(command), *more],
            cwd=self.code,
            env=self.environment | environ,
            check=check,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ).stdout

    def _is_up(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 1):
            return True
        return False

    def __enter__(self) -> "ProductionSite":
        for server in self.servers:
            self._processes.append(
                subprocess.Popen(
                    shlex.split(server),
                    cwd=self.code,
                    env=self.environment,
                    start_new_session=True,
                )
            )
        assert wait_until(self._is_up, START_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            end(process.pid, gently=signal.SIGTERM, seconds=START_SECONDS)
            process.wait(START_SECONDS)


def copy_of_the_code(folder: Path) -> None:
    """Copy all files of the repository to *folder*, with the tests' environment."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(
        listed, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout.splitlines()
    for name in names:
        if (
            not name.startswith(("tests/", "docs/", "benchmarks/"))
            and (ROOT / name).is_file()
        ):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)


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
def place() -> Iterator[Path]:
    folder = new_folder("newsroom-production-")
    (folder / "var").mkdir()
    yield folder
    remove(folder)


@pytest.fixture(scope="module")
def application() -> str:
    return f"127.0.0.1:{free_ports(1)[0]}"


@pytest.fixture(scope="module")
def caddy(application, place) -> Iterator[Caddy]:
    yield from served(lambda: Caddy(application, place / "var"))


@pytest.fixture(scope="module")
def database_server() -> Iterator[PostgreSQLServer]:
    yield from served(PostgreSQLServer)


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


@pytest.fixture(scope="module")
def production_site(
    caddy, application, place, database_server, mail_server
) -> Iterator[ProductionSite]:
    port = int(application.rpartition(":")[2])
    as_postgres = (
        f"PATH={database_server.binaries}:$PATH PGHOST=127.0.0.1"
        f" PGPORT={database_server.port} PGUSER={SUPERUSER}"
    )
    replaced = {
        "psql ": f"{as_postgres} PGDATABASE=postgres psql ",
        "createdb ": f"{as_postgres} createdb ",
        ":5432/": f":{database_server.port}/",
        "smtp+tls://user:password@mail.example:587": f"smtp://127.0.0.1:{mail_server.port}",
        "archive.example": "localhost",
        "/etc/newsroom": f"{place}/etc",
        "/var/lib/newsroom": f"{place}/var",
        "/srv/newsroom": f"{place}/srv",
        # The packages are there: tests/deployment/test_image.py installs them.
        "scripts/setup.sh requirements-postgresql.txt": ":",
        "createsuperuser": CREATE_SUPERUSER,
    }
    with ProductionSite(place, port, replaced) as site:
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
        "ArticlePage.objects.get(title='A').get_latest_revision().publish()"
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


def test_an_article_is_published_at_its_time_and_found(visitor, production_site):
    shell = ".venv/bin/python manage.py shell -c"
    production_site.run(shell, SCHEDULE)
    found = "/kk/search/results.json?q=" + urllib.parse.quote("қалалардың")

    def is_found() -> bool:
        status, _, body = visitor.ask(found)
        return status == 200 and "Tungi" in body

    assert wait_until(is_found, START_SECONDS)


def test_doctor_finds_nothing_but_the_missing_backup(
    production_site, caddy, mail_server
):
    trusted = {"SSL_CERT_FILE": str(caddy.certificate), "SITE_URL": caddy.url}
    command = ".venv/bin/python manage.py doctor --json --mail boss@localhost"
    printed = production_site.run(command, check=False, LC_ALL="C.UTF-8", **trusted)
    results = json.loads(printed)["results"]
    bad = [one for one in results if one["status"] != "ok"]
    assert [one["check"] for one in bad] == ["backups"], bad
    assert {one["check"] for one in results} >= {"https", "private", "fonts", "worker"}
    assert b"rcpt TO:<boss@localhost>\r\n" in mail_server.lines


def test_headers_of_production_reach_readers(visitor):
    _, headers, _ = visitor.ask("/kk/")
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


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
