"""Each environment's settings, read in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnop",
    "ALLOWED_HOSTS": "a.kz",
}


def manage(*arguments: str, settings: str, **environment: str):
    return run("manage.py", *arguments, settings=settings, **environment)


def run(*arguments: str, settings: str, **environment: str):
    # Ignore variables set by other tests or by the environment of the test run.
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name in {"HOME", "LANG", "PATH", "TMPDIR"} or name.startswith("PYTHON")
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=inherited
        | {"DJANGO_SETTINGS_MODULE": f"newsroom.settings.{settings}"}
        | environment,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize("missing", SECRETS)
def test_production_does_not_start_without_its_secrets(missing):
    given = {name: value for name, value in SECRETS.items() if name != missing}
    result = manage("check", settings="production", **given)
    assert result.returncode != 0
    assert missing in result.stderr


def test_production_passes_the_deployment_checks(tmp_path):
    result = manage(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        settings="production",
        VAR_DIR=str(tmp_path),
        **SECRETS,
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("settings", ["development", "production"])
def test_the_site_starts_without_what_is_optional(settings, tmp_path):
    start = """
import sys
sys.modules["psycopg"] = None  # as where it is not installed
sys.argv = ["manage.py", "check"]
exec(open("manage.py").read())
"""
    result = run("-c", start, settings=settings, VAR_DIR=str(tmp_path), **SECRETS)
    assert result.returncode == 0, result.stderr


def test_production_has_no_demo(tmp_path):
    result = manage(
        "seed_demo", settings="production", VAR_DIR=str(tmp_path), **SECRETS
    )
    assert result.returncode != 0
    assert "Unknown command" in result.stderr


def test_the_demo_refuses_settings_that_do_not_allow_it(settings):
    from django.core.management import CommandError, call_command

    settings.DEMO_IS_ALLOWED = False
    with pytest.raises(CommandError, match="public passwords"):
        call_command("seed_demo")
