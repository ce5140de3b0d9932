"""The Dockerfile, carried out in a chroot: what it builds runs, and not as root."""

import json
import os
import re
import secrets
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deployment.dockerfile import (
    Build,
    Context,
    NoChrootError,
    UnknownInstructionError,
    instructions,
)
from tests.servers.processes import end, free_ports, new_folder, remove, wait_until

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 300
USER = 10001
SECRETS = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "archive.example",
    "EMAIL_URL": "smtp://mail.example",
    "DEFAULT_FROM_EMAIL": "archive@archive.example",
}

pytestmark = pytest.mark.xdist_group("image")


@pytest.fixture(scope="module")
def build() -> Iterator[Build]:
    """Carry out the Dockerfile, with packages from the index."""
    folder = new_folder("newsroom-image-")
    folder.chmod(0o755)
    try:
        built = Build(ROOT, folder)
        built.run()
        yield built
    except NoChrootError as missing:
        pytest.skip(f"The image is not built: {missing}")
    finally:
        remove(folder)


@pytest.fixture(scope="module")
def var(build) -> Path:
    """Return the folder that is mounted as the volume of the site."""
    folder = build.folder / "var"
    folder.mkdir()
    os.chown(folder, USER, USER)
    return folder


@pytest.fixture(scope="module")
def run(build, var):
    """Return a function that runs a command in a container of the image."""

    def run(*command: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            build.arguments([*command], builds=False, var=var),
            env=build.environment(builds=False) | SECRETS,
            capture_output=True,
            encoding="utf-8",
        )

    return run


def test_the_base_image_is_pinned_and_the_user_is_not_root(build):
    assert {stage.base for stage in build.stages} == {build.stage.base}
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", build.stage.base)
    assert build.stage.user == "newsroom"


def test_the_site_runs_as_a_user_who_can_write_to_its_volume_only(run):
    assert run("id", "-u").stdout.strip() == str(USER)
    for place in ("/srv/newsroom", "/opt/venv", "/etc", "/"):
        assert run("touch", f"{place}/file").returncode != 0
    for place in ("/var/lib/newsroom", "/tmp"):
        assert run("touch", f"{place}/file").returncode == 0


def test_the_image_has_no_installer_and_no_file_that_is_not_copied(build):
    code = build.stage.root / "srv/newsroom"
    assert not (build.stage.root / "opt/venv/bin/pip").exists()
    assert {path.name for path in code.iterdir()} == {
        "LICENSE",
        "LICENSES.md",
        "collected",
        "deploy",
        "home",
        "locale",
        "manage.py",
        "newsroom",
        "pyproject.toml",
        "requirements-postgresql.txt",
        "search",
        "static",
        "templates",
    }


def test_the_image_passes_the_checks_with_its_catalogues_and_static_files(run):
    result = run("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr
    result = run("python", "manage.py", "doctor", "--only", "static", "--json")
    assert result.returncode == 0, result.stdout + result.stderr
    assert json.loads(result.stdout)["status"] == "ok"
    result = run("python", "manage.py", "doctor", "--only", "static", "--language=kk")
    assert "Бәрі жұмыс істейді." in result.stdout


def test_the_server_of_the_image_is_healthy_until_it_is_stopped(build, var, run):
    port = str(free_ports(1)[0])
    command = [word.replace("8000", port) for word in build.stage.command]
    healthcheck = [word.replace("8000", port) for word in build.stage.healthcheck]
    assert port in command
    assert port in " ".join(healthcheck)
    log = (build.folder / "server.log").open("wb")
    with log:
        server = subprocess.Popen(
            build.arguments(command, builds=False, var=var),
            env=build.environment(builds=False) | SECRETS,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        assert wait_until(
            lambda: server.poll() is not None or run(*healthcheck).returncode == 0,
            START_SECONDS,
        )
        assert server.poll() is None, (build.folder / "server.log").read_text()
        assert Path(f"/proc/{server.pid}").stat().st_uid == USER
    finally:
        end(server.pid, gently=signal.SIGTERM, seconds=START_SECONDS)
        server.wait(START_SECONDS)
    assert server.returncode == 0
    assert run(*healthcheck).returncode != 0


def test_the_interpreter_refuses_what_it_does_not_know(tmp_path):
    if os.getuid() != 0:
        pytest.skip("Only the superuser can build in a chroot.")
    (tmp_path / ".dockerignore").write_text("*\n!kept\n**/*.pyc\n")
    for unknown in ("ADD a b", 'SHELL ["sh"]', "FROM --platform=x a", "ENV A=$B"):
        (tmp_path / "Dockerfile").write_text(f"FROM a:1\n{unknown}\n")
        with pytest.raises(UnknownInstructionError):
            Build(tmp_path, tmp_path / unknown[:3]).run()


def test_the_context_has_what_dockerignore_lets_through(tmp_path):
    (tmp_path / ".dockerignore").write_text("# All.\n*\n!kept\n**/*.pyc\n")
    context = Context(tmp_path)
    names = ("kept/a.py", "kept/a.pyc", "kept/in/b.py", ".env", "other/a.py")
    found = [name for name in names if context.has(tmp_path / name)]
    assert found == ["kept/a.py", "kept/in/b.py"]


def test_continued_lines_are_one_instruction():
    text = "# A comment\nRUN a && \\\n    b\n\nUSER c\n"
    assert instructions(text) == [("RUN", "a && b"), ("USER", "c")]
