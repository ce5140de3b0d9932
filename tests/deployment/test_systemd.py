"""The systemd units are valid, and give the site few rights."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.settings.environment.values import EXAMPLE

ROOT = Path(__file__).resolve().parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
# Ten times the exposure level, from 0 to 100; an unrestricted service has 96.
MOST_EXPOSED = 20

pytestmark = pytest.mark.skipif(
    not shutil.which("systemd-analyze"),
    reason="systemd-analyze is missing. On Debian: apt-get install systemd",
)


@pytest.fixture
def installed(tmp_path) -> Path:
    """Return a folder with the units, for programs and a user of this machine."""
    for path in UNITS:
        text = path.read_text("utf-8")
        program = re.compile(r"/srv/newsroom/\.venv/bin/\w+")
        text = program.sub(sys.executable, text)
        text = re.sub(r"^(User|Group)=newsroom", r"\1=root", text, flags=re.M)
        (tmp_path / path.name).write_text(text)
    return tmp_path


def analyze(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["systemd-analyze", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def test_the_units_are_valid(installed):
    result = analyze("verify", *(str(installed / path.name) for path in UNITS))
    said = [line for line in result.stdout.splitlines() if str(installed) in line]
    assert (result.returncode, said) == (0, [])


def test_an_unknown_setting_would_be_noticed(installed):
    path = installed / SERVICES[0].name
    path.write_text(path.read_text().replace("ProtectSystem=", "ProtectSistem="))
    assert "ProtectSistem" in analyze("verify", str(path)).stdout


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_has_few_rights(path):
    options = ("--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager")
    result = analyze("security", *options, str(path))
    assert result.returncode == 0, result.stdout
    text = path.read_text("utf-8")
    assert "NoNewPrivileges=true" in text
    assert "ProtectSystem=strict" in text
    assert re.findall(r"^ReadWritePaths=(.*)$", text, re.M) == ["/var/lib/newsroom"]
    assert re.search(r"^User=(.*)$", text, re.M)[1] == "newsroom"


def test_the_units_run_the_commands_of_the_document():
    document = (ROOT / "docs" / "production.md").read_text("utf-8")
    server = re.search(r"^ExecStart=/srv/newsroom/(.*)$", text_of("web"), re.M)[1]
    assert server in document
    for name, command in (("worker", "worker"), ("backup", "backup")):
        start = "ExecStart=/srv/newsroom/.venv/bin/python manage.py"
        assert f"{start} {command}\n" in text_of(name)
    assert EXAMPLE.exists()
    for path in SERVICES:
        assert "EnvironmentFile=/etc/newsroom/environment\n" in path.read_text("utf-8")


def test_web_and_worker_share_a_folder_for_metrics_that_no_unit_deletes():
    for name in ("web", "worker"):
        settings = dict(re.findall(r"^(\w+)=(.*)$", text_of(name), re.M))
        folder = re.search(r"^Environment=METRICS_DIR=(.*)$", text_of(name), re.M)[1]
        assert (
            folder == f"/run/{settings['RuntimeDirectory']}" == "/run/newsroom-metrics"
        )
        assert settings["RuntimeDirectoryMode"] == "0700"
        assert settings["RuntimeDirectoryPreserve"] == "yes"


def text_of(name: str) -> str:
    return (ROOT / "deploy" / "systemd" / f"newsroom-{name}.service").read_text("utf-8")
