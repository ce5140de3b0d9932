"""Mutate modules and check that their tests fail: `make mutants GROUP=ranking`.

Print the figures and the survivors of each group. Exit with 1 if fewer than 90 % of
a group's mutants are killed.
"""

import argparse
import os
import subprocess
import sys

import pytest

from scripts.mutants.groups import GROUPS, ROOT
from scripts.mutants.runner import MutantRunner
from scripts.mutants.sources import MutatedModules

REQUIRED = 0.9
# What needs a server or a browser is too slow to run on each mutant.
FAST = "not browser and not elasticsearch and not postgresql and not shared"


def run_group(name: str, only: str = "") -> bool:
    """Run one group in this process; return whether enough mutants are killed.

    Args:
        name: A key of GROUPS.
        only: Part of the mutants' names, to run a few again.
    """
    group = GROUPS[name]
    modules = MutatedModules(group.files())
    modules.install()
    runner = MutantRunner(modules, only)
    options = ["-q", "-m", FAST, "-p", "no:cacheprovider", "--capture=sys"]
    status = pytest.main([*options, *group.tests], plugins=[runner])
    if runner.failed_clean or status not in (0, 5):
        print(f"{name}: tests fail without a mutant:", *runner.failed_clean)
        return False
    total = runner.killed + len(runner.survivors)
    if not total:
        print(f"{name}: no mutant")
        return False
    for survivor in runner.survivors:
        print(f"\n{survivor}\n{modules.difference(survivor)}")
    share = runner.killed / total
    print(
        f"\n{name}: {runner.killed} of {total} mutants killed ({share:.1%}), "
        f"{len(runner.survivors)} survive"
    )
    return share >= REQUIRED


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the tests on mutants.")
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []])
    parser.add_argument("--only", default="", help="part of the names of mutants")
    arguments = parser.parse_args()
    # Before a mutated module reads a message: pytest compiles them too late.
    compile_catalogues = [sys.executable, "manage.py", "compile_catalogues"]
    options = ["--verbosity", "0", "--settings", "newsroom.settings.test"]
    subprocess.run([*compile_catalogues, *options], cwd=ROOT, check=True)
    names = arguments.groups or list(GROUPS)
    if len(names) == 1:
        return 0 if run_group(names[0], arguments.only) else 1
    # A module is imported once in a process, so each group has its own.
    command = [sys.executable, "-m", "scripts.mutants"]
    codes = [
        subprocess.run([*command, name], cwd=ROOT, env=os.environ).returncode
        for name in names
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
