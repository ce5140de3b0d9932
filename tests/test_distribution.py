"""Tests of a group run in one worker, so that each server is started once."""

import subprocess
import sys

from tests.conftest import ROOT

MODULE = """
import os, pathlib, pytest

@pytest.mark.xdist_group("site")
@pytest.mark.parametrize("number", ["1", "2", "a@b"])
def test_grouped(number):
    with pathlib.Path("workers").open("a") as file:
        file.write(os.environ["PYTEST_XDIST_WORKER"] + "\\n")
"""


def test_tests_of_a_group_run_in_one_worker(tmp_path):
    for name in ("test_a.py", "test_b.py"):
        (tmp_path / name).write_text(MODULE)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = "-p tests.distribution -p no:django -n 2 --dist=loadgroup".split()
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *command, f"--rootdir={tmp_path}"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout
    workers = (tmp_path / "workers").read_text().split()
    assert len(workers) == 6
    assert len(set(workers)) == 1
