"""A real site, started as a user starts it, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_TIMEOUT_SECONDS = 180  # migrations and the demo, on a busy machine


@dataclass(frozen=True)
class RunningSite:
    url: str
    var_dir: Path

    def manage(self, *arguments: str) -> str:
        """Run a management command on the site's own database; return its output."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment(self.var_dir),
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout


def environment(var_dir: Path) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO_")}
    return inherited | {"VAR_DIR": str(var_dir)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(url: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"The site stopped with exit code {process.returncode}.")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The site did not answer within {START_TIMEOUT_SECONDS} s.")


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[RunningSite]:
    """``manage.py run_site`` with the demo, in a folder of its own."""
    var_dir, port = tmp_path_factory.mktemp("site"), free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_site", "--port", str(port)],
        cwd=ROOT,
        env=environment(var_dir),
    )
    try:
        wait_until_up(f"http://127.0.0.1:{port}/kk/", process)
        yield RunningSite(f"http://127.0.0.1:{port}", var_dir)
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if path is None:
        missing = "Chromium is missing. On Debian: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_reader(chromium, site) -> Iterator:
    """Return a function that opens a window of a reader of its own."""
    contexts: list[BrowserContext] = []

    def open_window(**options) -> Page:
        options.setdefault("locale", "en")
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(base_url=site.url, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def log_in(new_reader):
    """Return a function that opens the admin as one of the demo's accounts."""

    def open_admin(username: str) -> Page:
        page = new_reader()
        page.goto("/admin/login/")
        page.fill("#id_username", username)
        page.fill("#id_password", f"{username}-demo")
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    return open_admin
