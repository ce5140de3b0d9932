"""Parts of a change that no other test requires: a missing one fails here.

docs/architecture.md lists the common changes and what shows a forgotten part.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from newsroom.access.roles import LANGUAGE_ROLES, ROLES
from newsroom.archive.views.permalinks import STYLES
from newsroom.localisation.shown_names import GROUPS, shown_group_name

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("home", "newsroom", "search")
# Decorators that register a function, so that nothing has to name it.
REGISTERING = re.compile(r"register|receiver|task|from_entities")
# Wagtail imports the first from the module that WAGTAILSEARCH_BACKENDS names;
# deploy/granian-logging.json names the second.
CALLED_BY_NAME = {"SearchBackend", "json_formatter"}
# The guarded fetcher (docs/decisions/0023): imports, feeds and webhooks come later.
AWAITED = {"fetch"}
# What tests ask about the site; the site itself has no use for them.
FOR_TESTS = {"late_texts", "filter_fields", "chains", "is_in_step", "forget"}


def _sources() -> list[Path]:
    return [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]


def _public_functions() -> Iterator[tuple[str, str]]:
    """Yield (module, name) of each function that only its name can be reached by."""
    for path in _sources():
        if "migrations" in path.parts:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            decorators = " ".join(map(ast.unparse, node.decorator_list))
            if not REGISTERING.search(decorators):
                yield str(path.relative_to(ROOT)), node.name


def test_every_function_is_used_by_the_site():
    """A job that is not registered, a view without a URL, a mail that is never sent."""
    words: Counter[str] = Counter()
    paths = [*_sources(), *(ROOT / "tools").rglob("*.py"), *ROOT.glob("*.py")]
    paths += (ROOT / "templates").rglob("*.*")
    for path in paths:
        words.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    unused = {
        f"{module}: {name}"
        for module, name in _public_functions()
        if words[name] < 2 and name not in CALLED_BY_NAME | FOR_TESTS | AWAITED
    }
    assert unused == set()


@pytest.mark.parametrize("role", [*ROLES, *LANGUAGE_ROLES], ids=lambda role: role.name)
def test_a_role_has_a_name_in_every_language(role):
    assert role.name in GROUPS
    for code in ("kk", "ru"):
        with override(code):
            assert shown_group_name(role.name) != role.name
            assert role.name not in shown_group_name(f"{role.name}: kk")


@pytest.mark.parametrize("style", STYLES)
def test_a_citation_style_has_a_url_and_a_link_on_the_article(style):
    address = reverse(f"cite_{style}", args=[1, "kk"])
    assert address.endswith(f".{STYLES[style][2]}")
    template = (ROOT / "templates/archive/cite.html").read_text(encoding="utf-8")
    assert f'href="{{{{ citation.{style}_url }}}}"' in template
    assert f"citation.{style} }}}}" in template


def test_every_mail_has_a_template_and_every_template_a_mail():
    code = "\n".join(path.read_text(encoding="utf-8") for path in _sources())
    templates = sorted((ROOT / "templates").rglob("*.txt"))
    assert len(templates) >= 5
    for path in templates:
        named = str(path.relative_to(ROOT / "templates"))
        assert f'"{named}"' in code or f'"{path.stem}"' in code, named
    for named in re.findall(r'"([\w/]+\.txt)"', code):
        assert (ROOT / "templates" / named).exists() or named == "robots.txt", named
