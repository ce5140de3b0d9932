"""axe-core finds nothing on any type of page, in any edition, in light and dark."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import findings, open_details
from tests.browser.page_types import in_edition
from tests.browser.running import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

SCHEMES = ("light", "dark")
# Each edition at a width of its own, in CSS pixels.
SOME = [("kk", 1280), ("kk-arab", 360)]
READ_IN = [*SOME, ("ru", 360), ("kk-latn", 320), ("en", 768)]


def findings_in_schemes(page: Page, name: str) -> list[str]:
    """Return what axe finds wrong with the open page, in light and in dark."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found += [f"{name}, {scheme}: {one}" for one in findings(page)]
    return found


@pytest.fixture
def page(new_reader) -> Page:
    """A window of a reader who wants no motion: colours do not fade into each other."""
    return new_reader(reduced_motion="reduce")


def test_axe_is_at_work(page):
    page.set_content("<main><h1>Title</h1><img src='data:,'></main>")
    found = "\n".join(findings(page))
    assert "image-alt" in found  # WCAG 2.2, level A
    assert "html-has-lang" in found


@pytest.mark.long(read_in=(SOME, READ_IN))
def test_nothing_is_found_on_any_type_of_page(page, addresses, read_in):
    edition, width = read_in
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    for name, address in addresses[edition.partition("-")[0]].items():
        page.goto(in_edition(address, edition))
        open_details(page)
        found += findings_in_schemes(page, name)
    assert not found, "\n".join(found)


def test_nothing_is_found_where_the_site_itself_has_failed(page):
    page.set_content((ROOT / "templates/500.html").read_text(encoding="utf-8"))
    assert findings_in_schemes(page, "500") == []


@pytest.mark.parametrize("edition", ["kk", "kk-arab"])
def test_nothing_is_found_while_suggestions_are_offered(page, edition):
    page.goto(f"/{edition}/")
    page.get_by_role("combobox").press_sequentially("алм")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert findings_in_schemes(page, "suggestions") == []
