"""A running site, and Chromium."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    # The headless shell as the browser: letters keep their widths, and pictures are
    # loaded from 1250 pixels below the window, as over a fast connection.
    "--font-render-hinting=none",
    "--blink-settings=lazyLoadingImageMarginPxUnknown=1250",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM_IS_MISSING = "Chromium is missing. On Debian: apt-get install chromium"
START_TIMEOUT_SECONDS = 900  # migrations and the demo: thirty on an idle machine
END_TIMEOUT_SECONDS = 120


class SiteFailedError(Exception):
    """The site has not started; its own output says why."""


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


@contextmanager
def running_site(var_dir: Path) -> Iterator[RunningSite]:
    """Run ``manage.py run_site`` with the demo in *var_dir* until the context is left.

    The port is a free one. Raises SiteFailedError.
    """
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_site", "--port", str(port)],
        cwd=ROOT,
        env=environment(var_dir),
        start_new_session=True,  # with its worker, which outlives it by a moment
    )
    try:
        _wait_until_up(f"http://127.0.0.1:{port}/kk/", process)
        yield RunningSite(f"http://127.0.0.1:{port}", var_dir)
    finally:
        _end(process)


def chromium_path() -> str | None:
    """Return the path of the first of Chromium's programs that is installed."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return next(filter(None, map(shutil.which, names)), None)


def launch(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(
        executable_path=path, args=CHROMIUM_FLAGS, timeout=START_TIMEOUT_SECONDS * 1000
    )


def _end(process: subprocess.Popen) -> None:
    """End the site and its worker, and wait until neither writes to its folder."""
    with suppress(ProcessLookupError):  # it has ended by itself
        os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=END_TIMEOUT_SECONDS)
    deadline = time.monotonic() + END_TIMEOUT_SECONDS
    # Unless its exit status is read, the worker stays in the list of processes.
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_up(url: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SiteFailedError(f"It stopped with exit code {process.returncode}.")
        try:
            urllib.request.urlopen(url, timeout=60).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SiteFailedError(f"It did not answer within {START_TIMEOUT_SECONDS} s.")
