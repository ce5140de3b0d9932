"""`make mutants` changes the code that it names and runs tests that exist."""

import re
import subprocess
import sys

import pytest

from scripts.mutants.groups import GROUPS, ROOT
from scripts.mutants.sources import MutatedModules, function_of


@pytest.mark.parametrize("name", GROUPS)
def test_every_group_names_sources_and_tests_that_exist(name):
    group = GROUPS[name]
    without_files = [one for one in group.sources if not any(ROOT.glob(one))]
    without_tests = [one for one in group.tests if not (ROOT / one).exists()]
    assert group.sources
    assert group.tests
    assert without_files == []
    assert without_tests == []


def test_every_permissions_module_is_mutated():
    named = set(GROUPS["permissions"].files())
    assert named >= set((ROOT / "newsroom").rglob("permissions.py"))


def test_mutants_of_a_function_differ_from_it_in_the_line_that_is_shown():
    modules = MutatedModules([ROOT / "newsroom/corrections/permissions.py"])
    names = modules.names()
    assert names
    for name in names:
        assert function_of(name).startswith("newsroom.corrections.permissions.x_")
        changed = modules.difference(name).splitlines()
        assert {line[0] for line in changed} == {"-", "+"}


def run_one_group(source: str, test: str) -> tuple[int, str]:
    """Run the command on one module and one test file; return exit code and output."""
    program = f"""
import sys
from scripts.mutants.__main__ import main
from scripts.mutants.groups import GROUPS, Group
GROUPS["ranking"] = Group(({source!r},), ({test!r},))
sys.argv = ["mutants", "ranking"]
sys.exit(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_command_kills_mutants_and_fails_only_under_the_required_share():
    code, output = run_one_group(
        "newsroom/corrections/permissions.py", "tests/corrections/test_corrections.py"
    )
    figures = re.search(r"ranking: (\d+) of (\d+) mutants killed", output)
    assert figures, output
    killed, total = map(int, figures.groups())
    assert 0 < killed <= total
    assert code == (0 if killed / total >= 0.9 else 1)


def test_the_command_fails_and_lists_mutants_that_no_test_reaches():
    code, output = run_one_group(
        "newsroom/sanitising/nesting.py", "tests/access/test_permissions.py"
    )
    assert code == 1
    assert "ranking: 0 of" in output, output
    assert "newsroom.sanitising.nesting.x__tags__mutmut_1\n" in output
