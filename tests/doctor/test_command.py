"""The command: its exit status, languages, time limits and skipped checks."""

import json
import os
import subprocess
import sys
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from newsroom.doctor import registry
from newsroom.doctor.registry import Check, Options, failure, ok, register, warning
from newsroom.doctor.running import run, run_check

ROOT = Path(__file__).resolve().parents[2]


def checking(*findings, name="made", **more) -> Check:
    return Check(name, lambda options: findings, **more)


@pytest.fixture
def only(monkeypatch):
    """Return a function that leaves only the given checks registered."""
    monkeypatch.setattr(registry, "_checks", {})

    def leave(*checks: Check) -> None:
        for check in checks:
            register(check)

    return leave


def printed(**options) -> tuple[int, str]:
    output = StringIO()
    try:
        call_command("doctor", stdout=output, **{"language": "en", **options})
    except SystemExit as ended:
        return int(ended.code or 0), output.getvalue()
    return 0, output.getvalue()


@pytest.mark.parametrize(
    ("findings", "code", "end"),
    [
        ([ok("A")], 0, "Everything works."),
        ([ok("A"), warning("B", "Do b.")], 1, "There are warnings."),
        ([failure("C", "Do c."), warning("B", "Do b.")], 2, "There are failures."),
    ],
)
def test_the_exit_status_is_that_of_the_worst_finding(only, findings, code, end):
    only(checking(*findings))
    status, text = printed()
    assert status == code
    assert text.strip().endswith(end)
    for finding in findings:
        assert finding.message in text
        assert finding.remedy in text


def test_a_check_that_hangs_is_a_failure_and_holds_up_no_other(only):
    may_end = threading.Event()
    hanging = Check("hanging", lambda options: may_end.wait(60) and [], seconds=0.1)
    only(hanging, checking(ok("The other one."), name="other"))
    status, text = printed()
    may_end.set()
    assert status == 2
    assert "FAILURE    hanging    There was no answer" in text
    assert "The other one." in text


def test_a_check_that_raises_is_a_failure_and_holds_up_no_other(only):
    def broken(options):
        yield ok("So far.")
        raise ZeroDivisionError("by zero")

    only(Check("broken", broken), checking(ok("The other one."), name="other"))
    status, text = printed()
    assert status == 2
    assert "The check itself failed: ZeroDivisionError: by zero" in text
    assert "The other one." in text


def test_checks_that_need_an_unavailable_database_are_skipped():
    checks = [
        checking(failure("Down.", "Start it."), name="database"),
        checking(ok("A"), name="needy", needs_database=True),
        checking(ok("B"), name="free"),
    ]
    results = run(checks, Options())
    assert [(one.check, one.finding is None) for one in results] == [
        ("database", False),
        ("needy", True),
        ("free", False),
    ]


def test_the_language_of_the_command_is_that_of_the_checks():
    from django.utils import translation
    from django.utils.translation import gettext

    check = Check("made", lambda options: [ok(gettext("Everything works."))])
    found = {}
    for code in ("en", "kk", "ru"):
        with translation.override(code):
            found[code] = run_check(check, Options())[0].message
    assert len(set(found.values())) == 3


@pytest.mark.parametrize("code", ["kk", "ru"])
def test_the_text_is_translated(only, code):
    only(checking(warning("A", "B")))
    _, text = printed(language=code)
    assert "WARNING" not in text
    assert "There are" not in text


def test_a_name_is_registered_once(only):
    only(checking(ok("A")))
    with pytest.raises(ValueError, match="two checks"):
        register(checking(ok("B")))


def test_an_unknown_check_is_refused_with_the_known_names():
    with pytest.raises(CommandError, match="Choose from: settings, database"):
        call_command("doctor", only=["nothing"])


def test_a_dead_database_is_named_without_a_traceback(tmp_path):
    pytest.importorskip("psycopg")
    arguments = ["doctor", "--json", "--only", "database", "--only", "migrations"]
    arguments += ["--only", "worker", "--only", "disk"]
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.test",
            "DATABASE_URL": "postgresql://archive:secret@127.0.0.1:1/archive",
            "TEST_DATABASE_URLS": "",
            "VAR_DIR": str(tmp_path),
            "LANG": "en_US.UTF-8",
            "LC_ALL": "",
        },
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 2
    assert result.stderr == ""
    found = {one["check"]: one for one in json.loads(result.stdout)["results"]}
    assert found["database"]["message"].startswith("The database is unavailable")
    assert "DATABASE_URL" in found["database"]["remedy"]
    assert "secret" not in result.stdout
    assert found["migrations"]["status"] == found["worker"]["status"] == "skipped"
    assert found["disk"]["status"] != "skipped"
