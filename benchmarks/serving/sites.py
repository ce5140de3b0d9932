"""The two sites: how each is made, filled and served."""

import os
import secrets
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
STOCK_FILES = Path(__file__).parent / "stock_project"
START_SECONDS = 60


class BenchmarkError(Exception):
    """A step failed; the message is what it printed."""


@dataclass
class Site:
    """A site in a folder of its own, and the server that runs it.

    The server is granian with one process, so that its processor time is that of the
    requests, and with ``threads`` threads for them.
    """

    name: str
    folder: Path
    application: str
    environment: dict[str, str] = field(default_factory=dict)
    threads: int = 4
    port: int = 0
    _server: "subprocess.Popen[bytes] | None" = None

    def run(self, *command: str, **environment: str) -> None:
        """Run Python with *command* in the folder of the site."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=self.folder,
            env=os.environ | self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BenchmarkError(f"{' '.join(command)}: {done.stdout}{done.stderr}")

    def __enter__(self) -> Self:
        self._server = subprocess.Popen(
            [
                sys.executable,
                *("-m", "granian", "--interface=wsgi", "--host=127.0.0.1"),
                *(f"--port={self.port}", "--workers=1", "--log-level=error"),
                *(f"--blocking-threads={self.threads}", self.application),
            ],
            cwd=self.folder,
            env=os.environ | self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                urlopen(f"http://127.0.0.1:{self.port}/kk/", timeout=20).close()
            except (URLError, OSError):
                if self._server.poll() is not None or time.monotonic() > deadline:
                    raise BenchmarkError(f"{self.name} does not start") from None
                time.sleep(0.2)
            else:
                return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait()

    def processor_seconds(self) -> float:
        """Return the processor time of the server and its process for requests."""
        assert self._server is not None
        pids = [self._server.pid, *_children(self._server.pid)]
        return sum(map(_processor_seconds, pids))

    def get(self, path: str) -> str:
        """Return the page at *path*; raises BenchmarkError unless its status is 200."""
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as response:
            if response.status != 200:
                raise BenchmarkError(f"{self.name} {path}: {response.status}")
            text: str = response.read().decode()
            return text


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()]


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def archive(folder: Path, database: str) -> Site:
    """Return the archive with its demo, ready to be served with production settings."""
    var = folder / "archive"
    var.mkdir()
    site = Site(
        "this archive",
        ROOT,
        "newsroom.wsgi:application",
        {
            "VAR_DIR": str(var),
            "DATABASE_URL": database or f"sqlite:///{var / 'db.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "archive.example,127.0.0.1",
            "SITE_URL": "https://archive.example",
            "SECURE_SSL_REDIRECT": "0",
            "EMAIL_URL": "smtp://localhost:25",  # nothing is sent
            "DEFAULT_FROM_EMAIL": "archive@archive.example",
        },
        port=free_port(),
    )
    demo = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.development"}
    site.run("manage.py", "compile_catalogues", "--verbosity", "0", **demo)
    site.run("manage.py", "migrate", "--verbosity", "0", "--skip-checks", **demo)
    site.run("manage.py", "seed_demo", "--once", "--verbosity", "0", **demo)
    site.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    # As its worker does: all sizes of pictures, in the public folder.
    site.run("manage.py", "make_pictures", "--verbosity", "0", **demo)
    return site


def stock(folder: Path, database: str, articles: Path) -> Site:
    """Return a site that ``wagtail start`` makes, with the articles of the archive."""
    project = folder / "stock"
    project.mkdir()
    site = Site(
        "stock Wagtail",
        project,
        "stock.wsgi:application",
        {
            "PYTHONPATH": str(project),
            "DATABASE_URL": database or f"sqlite:///{project / 'bench.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "bench_settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
        },
        port=free_port(),
    )
    site.run(
        *("-c", "from wagtail.bin.wagtail import main; main()"), "start", "stock", "."
    )
    news = project / "news"
    (news / "templates" / "news").mkdir(parents=True)
    (news / "__init__.py").touch()
    for name, place in (
        ("news_models.py", news / "models.py"),
        ("news_page.html", news / "templates" / "news" / "news_page.html"),
        ("image_block.html", news / "templates" / "news" / "image_block.html"),
        ("bench_settings.py", project / "bench_settings.py"),
        ("bench_urls.py", project / "bench_urls.py"),
        ("fill.py", project / "fill.py"),
    ):
        place.write_text((STOCK_FILES / name).read_text(encoding="utf-8"))
    site.run("manage.py", "makemigrations", "news", "--verbosity", "0")
    site.run("manage.py", "migrate", "--verbosity", "0")
    site.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    site.run("fill.py", str(articles))
    return site
