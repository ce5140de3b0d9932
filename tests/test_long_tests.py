"""``--long`` runs the long version of the tests that have one, and no other tests."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.long_tests import LONG_EXAMPLES

MODULE = """
import pathlib, pytest
from hypothesis import given, settings, strategies

def note(text):
    with pathlib.Path("ran").open("a") as file:
        file.write(text + "\\n")

@pytest.mark.long(seed=(range(2), range(5)))
def test_walk(seed):
    note(f"walk {seed}")

@given(strategies.integers())
def test_generated(number):
    note("generated")

def test_short():
    note("short")
"""


def ran(folder, *options: str) -> list[str]:
    (folder / "test_a.py").write_text(MODULE)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = long: has a long version")
    command = ["-p", "tests.long_tests", "-p", "no:django", "--strict-markers"]
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *command, f"--rootdir={folder}", *options],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout
    return (folder / "ran").read_text().splitlines()


def test_make_test_runs_everything_in_its_short_version(tmp_path):
    lines = ran(tmp_path)
    assert [line for line in lines if line != "generated"] == [
        "walk 0",
        "walk 1",
        "short",
    ]
    assert lines.count("generated") == 100


def test_make_test_long_runs_the_long_versions_and_nothing_else(tmp_path):
    lines = ran(tmp_path, "--long")
    assert [line for line in lines if line != "generated"] == [
        f"walk {seed}" for seed in range(5)
    ]
    assert lines.count("generated") == LONG_EXAMPLES


@pytest.mark.long(version=(["short"], ["long"]))
def test_this_run_takes_the_values_of_its_own_version(version, request):
    assert (version == "long") == request.config.getoption("long")
