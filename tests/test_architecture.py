"""The house rules that a machine can check."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command

from newsroom.settings.environment.values import known_names

ROOT = Path(__file__).resolve().parents[1]
OWN = ("home", "newsroom", "search")


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_languages_need_nothing_else_of_the_search():
    foreign = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules("search/languages")
        for name in imported(path)
        if name.startswith("search.") and not name.startswith("search.languages")
    ]
    assert foreign == []


# Modules of the standard library that make requests.
NETWORK = {"ftplib", "http.client", "urllib.request"}
# Each request of the site begins in the second; the first asks the site itself.
MAY_USE_NETWORK = ["newsroom/doctor/site_client.py", "newsroom/fetching/transport.py"]


def test_only_the_fetching_package_makes_requests():
    using = [
        path.relative_to(ROOT).as_posix()
        for package in OWN
        for path in modules(package)
        if NETWORK & _imported_wholly(path)
    ]
    assert using == MAY_USE_NETWORK


def _imported_wholly(path: Path) -> set[str]:
    """Return the modules that *path* imports, also those named after ``import``."""
    names = set(imported(path))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


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


def test_no_line_of_a_template_is_too_long():
    longest_allowed = 160
    assert [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*"))
        if path.suffix in {".html", ".txt"}
        for number, line in enumerate(
            path.read_text(encoding="utf-8").splitlines(), start=1
        )
        if len(line) > longest_allowed
    ] == []


def test_permission_functions_are_defined_in_permissions_modules():
    assert [
        f"{path.relative_to(ROOT)}: {node.name}"
        for package in OWN
        for path in modules(package)
        if path.name != "permissions.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("may_")
    ] == []


def test_one_function_lists_the_codes_of_the_languages():
    loop = re.compile(r"for \w+, _\w* in settings\.(WAGTAIL_CONTENT_)?LANGUAGES")
    assert [
        str(path.relative_to(ROOT))
        for package in OWN
        for path in modules(package)
        if loop.search(path.read_text(encoding="utf-8"))
    ] == ["search/site_languages.py"]


def test_the_models_have_their_migrations(db):
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_one_template_marks_the_words_of_a_difference():
    templates = ROOT / "templates"
    marking = [
        path.relative_to(templates).as_posix()
        for path in templates.rglob("*.html")
        if "piece.kind ==" in path.read_text(encoding="utf-8")
    ]
    assert marking == ["components/changed_words.html"]


def test_documents_name_tests_that_exist():
    """A row of docs/trials.md is worth its test."""
    text = (ROOT / "docs/trials.md").read_text(encoding="utf-8")
    named = re.findall(r"(tests/[\w/]+\.py)((?:::\w+)*)", text)
    assert len(named) > 50
    missing = []
    for file, names in named:
        path = ROOT / file
        source = path.read_text(encoding="utf-8") if path.exists() else ""
        defined = set(re.findall(r"(?:def|class) (\w+)", source))
        if not source or not set(names.split("::")[1:]) <= defined:
            missing.append(f"{file}{names}")
    assert missing == []


def named_in_documents(pattern: str) -> list[tuple[str, str]]:
    """Return (name of the document, match of *pattern*) for all documents."""
    texts = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"]
    return [
        (path.name, name)
        for path in texts
        for name in re.findall(pattern, path.read_text(encoding="utf-8"))
    ]


def test_every_test_module_that_a_document_names_exists():
    known = {path.name for path in modules("tests")}
    named = named_in_documents(r"\btest_\w+\.py")
    assert len(named) > 100
    assert [one for one in named if one[1] not in known] == []


def test_every_test_that_a_document_names_exists():
    known = {path.stem for path in modules("tests")}
    for path in modules("tests"):
        known |= set(re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8")))
    named = named_in_documents(r"\btest_\w+")
    assert len(named) > 200
    assert [one for one in named if one[1] not in known] == []


def names_in_code() -> set[str]:
    """Return the names of the variables that the running site reads."""
    found = set()
    for package in ("newsroom", "search", "home"):
        for path in (ROOT / package).rglob("*.py"):
            if path.name in {"development.py", "test.py"} or "demo" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and node.args:
                    called = ast.unparse(node.func)
                    first = node.args[0]
                    reads = re.fullmatch(
                        r"(_?env(\.\w+)?|os\.environ\.get|os\.getenv)", called
                    )
                    if reads and isinstance(first, ast.Constant):
                        found.add(first.value)
    return found


def test_the_example_lists_every_variable_that_the_site_reads():
    assert set(known_names()) == names_in_code() | {"DJANGO_SETTINGS_MODULE"}
    assert len(known_names()) == len(set(known_names()))
