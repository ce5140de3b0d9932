"""System checks: no code bypasses HTML escaping, and no block is missed by search."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from newsroom.articles.block_content import unanswered
from newsroom.articles.models import ArticlePage

# The only module that may mark HTML as safe, because it cleans the HTML.
THE_DOOR = Path("newsroom/sanitising/cleaning.py")
OWN_CODE = ("newsroom", "home", "search", "templates")
BYPASSES = re.compile(r"mark_safe|SafeString|\|\s*safe\b|autoescape\s+off|safeseq")


@register()
def check_nothing_bypasses_escaping(**kwargs: Any) -> list[CheckMessage]:
    """Return an error for each line of code or template that bypasses HTML escaping."""
    errors = []
    for folder in OWN_CODE:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            relative = path.relative_to(settings.BASE_DIR)
            if path.suffix not in {".py", ".html"} or relative == THE_DOOR:
                continue
            if path == Path(__file__).resolve():
                continue
            for number, line in enumerate(
                path.read_text(encoding="utf-8").splitlines(), start=1
            ):
                if BYPASSES.search(line):
                    errors.append(_bypass(relative, number))
    return errors


def _bypass(path: Path, line: int) -> CheckMessage:
    return Error(
        f"{path}:{line} marks HTML as safe.",
        hint=f"HTML from outside is cleaned in {THE_DOOR}, when it is saved; "
        "everything else is escaped by the template.",
        id="articles.E001",
    )


@register()
def check_blocks_answer_for_their_content(**kwargs: Any) -> list[CheckMessage]:
    """Return an error for each block of articles whose content would be missed.

    Search, picture renditions and corrections ask each block for its text, pictures and
    facts.
    """
    body: Any = ArticlePage._meta.get_field("body")
    return [
        Error(
            f"The body block {path} has no answers for text, pictures and facts.",
            hint="Add its class to CONTENT in newsroom/articles/block_content.py.",
            id="articles.E002",
        )
        for path in unanswered(body.stream_block)
    ]
