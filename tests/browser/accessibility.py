"""Violations that axe-core finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}
OPEN_DETAILS = (
    "document.querySelectorAll('details').forEach(one => { one.open = true })"
)


def findings(page: Page) -> list[str]:
    """Return what axe finds wrong with the page, a line each."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]
    ]


def open_details(page: Page) -> None:
    """Open everything that a page keeps folded, so that it is checked too."""
    page.evaluate(OPEN_DETAILS)
