"""Browsing the archive by hand and by keyboard, at any width."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

WIDTHS = (360, 768, 1440)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def first(page: Page, path: str, selector: str) -> str:
    """Return the path of the first such link on a page."""
    page.goto(path)
    return page.locator(selector).first.get_attribute("href") or ""


@pytest.fixture
def addresses(new_reader) -> dict[str, str]:
    """One page of each type, found as a reader finds it."""
    page = new_reader()
    year = first(page, "/kk/archive/", ".shelf__links--dated a")
    month = first(page, year, ".shelf__links--dated a")
    place = first(page, "/kk/archive/place/", ".names-list a")
    return {
        "overview": "/kk/archive/",
        "year": year,
        "month": month,
        "day": first(page, month, "a.calendar__day"),
        "names": "/kk/archive/place/",
        "value": place,
        "article": first(page, place, ".teaser a"),
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways(new_reader, addresses, width):
    page = new_reader(viewport={"width": width, "height": 800})
    for name, path in addresses.items():
        page.goto(path)
        for details in page.locator(".cite details").all():
            details.evaluate("one => { one.open = true; }")
        assert page.evaluate(SIDEWAYS) == 0, name


def test_a_month_is_walked_through_by_keyboard(new_reader, addresses):
    page = new_reader()
    page.goto(addresses["month"])
    day = page.locator("a.calendar__day").first
    page.locator(".trail a").last.focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if day.evaluate("one => one === document.activeElement"):
            break
    expect(day).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/archive/\d{4}/\d\d/\d\d/$"))
    expect(page.locator(".teaser").first).to_be_visible()


def test_a_citation_is_copied_by_keyboard_with_an_announcement(new_reader, addresses):
    page = new_reader(permissions=["clipboard-read", "clipboard-write"])
    page.goto(addresses["article"])
    summary = page.locator(".cite summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    button = page.locator(".copy__button").first
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".copy__status").first).to_have_text("Көшірілді")
    text = page.locator(".cite__text").first.inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_without_javascript_the_citation_is_shown_and_the_button_hidden(
    new_reader, addresses
):
    page = new_reader(java_script_enabled=False)
    page.goto(addresses["article"])
    page.locator(".cite summary").click()
    expect(page.locator(".cite__text").first).to_be_visible()
    expect(page.locator(".copy__button")).to_have_count(0)
