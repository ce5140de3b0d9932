"""`make mutants` changes the code that it names and runs tests that exist."""

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
