"""The house rules that a machine can check."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
OWN = ("home", "newsroom", "search")
# What a package may import of the others; search.languages stands on its own.
ALLOWED = {
    "home": {"home", "newsroom", "search"},
    "newsroom": {"newsroom", "search"},
    "search": {"search"},
}
# The project package's own wiring: it names everything, nothing imports it.
WIRING = {"newsroom/urls.py"}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("package", OWN)
def test_imports_go_one_way(package):
    upward = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules(package)
        if str(path.relative_to(ROOT)) not in WIRING
        for name in imported(path)
        if name.split(".")[0] in OWN and name.split(".")[0] not in ALLOWED[package]
    ]
    assert upward == []


def test_languages_need_neither_django_nor_the_rest_of_the_search():
    foreign = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules("search/languages")
        for name in imported(path)
        if name.split(".")[0] in {"django", "wagtail"}
        or (name.startswith("search.") and not name.startswith("search.languages"))
    ]
    assert foreign == []


def test_every_test_folder_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(f) for f in folders if not (f / "__init__.py").exists()] == []


def test_no_module_is_named_for_nothing():
    vague = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
    assert [
        str(path.relative_to(ROOT))
        for package in OWN
        for path in modules(package)
        if path.stem in vague
    ] == []


def test_no_module_is_longer_than_it_should_be():
    longest_allowed = 400
    assert [
        str(path.relative_to(ROOT))
        for package in OWN
        for path in modules(package)
        if "migrations" not in path.parts
        and len(path.read_text(encoding="utf-8").splitlines()) > longest_allowed
    ] == []


def test_the_models_have_their_migrations(db):
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
