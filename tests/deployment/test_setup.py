"""The first command of a newcomer, and its messages when it cannot work."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

import pytest

from newsroom.demo.management.commands import run_site as run_site_command

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "setup.sh"


@pytest.fixture
def checkout(tmp_path) -> Path:
    """Return a folder with the setup script and an empty lock, and no environment."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPT, tmp_path / "scripts")
    (tmp_path / "requirements.txt").write_text("")
    (tmp_path / "requirements-dev.txt").write_text("# more\n")
    return tmp_path


def run_setup(
    checkout: Path, *, user: int | None = None, **environment: str
) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["sh", "scripts/setup.sh", "requirements.txt"],
        cwd=checkout,
        user=user,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
    )


def assert_one_line(result: subprocess.CompletedProcess, *words: str) -> None:
    assert result.returncode != 0
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    for word in words:
        assert word in result.stderr


def test_a_python_that_is_too_old_is_named(checkout):
    old = checkout / "python-old"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2"\n')
    old.chmod(0o755)
    result = run_setup(checkout, PYTHON=str(old))
    assert_one_line(result, "3.11", "3.9.2")


def test_a_missing_python_is_named(checkout):
    assert_one_line(run_setup(checkout, PYTHON="no-such-python"), "3.11")


def test_a_folder_that_cannot_be_written_to_is_named(checkout):
    nobody = 65534
    with tempfile.TemporaryDirectory() as folder:
        readable = Path(folder)
        shutil.copytree(checkout, readable, dirs_exist_ok=True)
        readable.chmod(0o555)
        # Root can write anywhere, so the script runs as a user who cannot.
        user = {"user": nobody} if os.geteuid() == 0 else {}
        result = run_setup(readable, PYTHON="/usr/bin/python3", **user)
        assert_one_line(result, "Cannot write", folder)
        readable.chmod(0o755)


def test_an_existing_environment_is_used_without_installation(checkout):
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "installed-requirements.txt").write_text("")
    result = run_setup(checkout, PYTHON="no-such-python")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def run_site(tmp_path: Path, port: str, **environment: str):
    return subprocess.run(
        [sys.executable, "manage.py", "run_site", "--port", port],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.development",
            "VAR_DIR": str(tmp_path),
            **environment,
        },
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )


def test_a_port_in_use_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert_one_line(run_site(tmp_path, port), port, "PORT=")


@pytest.mark.parametrize("port", ["0", "65536", "web"])
def test_an_invalid_port_is_named_in_the_error(tmp_path, port):
    assert_one_line(run_site(tmp_path, port), port)


def test_a_folder_that_the_site_cannot_write_to_is_named(tmp_path):
    file = tmp_path / "file"
    file.touch()
    assert_one_line(run_site(file / "var", "8765"), "Cannot write", "VAR_DIR")


def test_mails_name_the_port_that_the_site_is_started_on(monkeypatch, db, settings):
    started = []
    for name in ("call_command", "compile_catalogues", "_check_port_is_free"):
        monkeypatch.setattr(run_site_command, name, lambda *_, **__: None)
    for name in ("_start_worker", "_serve"):
        monkeypatch.setattr(
            run_site_command, name, lambda *_: started.append(os.environ["SITE_URL"])
        )
    monkeypatch.setenv("SITE_URL", "")
    monkeypatch.delenv("SITE_URL")
    monkeypatch.setattr(run_site_command.connection, "close", lambda: None)
    run_site_command.Command(stdout=StringIO()).handle(port="8123", verbosity=0)
    assert started == ["http://127.0.0.1:8123"] * 2
