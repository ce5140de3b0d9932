import sys
from types import ModuleType

import pytest

from search.languages import analyse, has_analyser, languages, register, registry
from search.languages.language import Language
from search.languages.terms import Variants


class Shouting(Language):
    def normalise(self, word):
        return word.upper()


@pytest.fixture
def shouting(monkeypatch):
    """Yield a module that a setting could name, registered for the length of a test."""
    module = ModuleType("shouting")
    module.language = Shouting
    monkeypatch.setitem(sys.modules, "shouting", module)
    monkeypatch.setattr(registry, "_modules", dict(registry._modules))
    register({"sh": "shouting"})
    yield
    registry.language.cache_clear()


@pytest.mark.parametrize("code", languages())
def test_every_registered_language_has_a_working_analyser(code):
    assert has_analyser(code)
    assert analyse("Алматы Almaty الماتى", code)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("kk", True), ("kk-Latn", True), ("zh-Hans", True), ("xx", False), ("", False)],
)
def test_whether_a_code_has_an_analyser(code, expected):
    assert has_analyser(code) is expected


def test_a_registered_module_serves_its_language(shouting):
    assert "sh" in languages()
    assert analyse("қала", "sh")[0][4:] == Variants("ҚАЛА", ("ҚАЛА",), "ҚАЛА", "ҚАЛА")


def test_a_module_that_cannot_be_imported_is_no_analyser(shouting):
    register({"zz": "no.such.module"})
    assert not has_analyser("zz")
