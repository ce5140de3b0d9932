"""The page of results by hand and by keyboard, at any width, and with axe."""

import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import findings

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

WIDTHS = (360, 768, 1440)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
EDITIONS = ("kk", "kk-arab", "ru")
READ_IN = [(code, scheme) for code in EDITIONS for scheme in ("light", "dark")]
SOME = [("kk", "light"), ("kk-arab", "dark"), ("ru", "dark")]
PHONE = {"width": 360, "height": 740}


def pages(code: str) -> list[str]:
    """Return results of one year, of a span of time, and none with suggestions."""
    word = {"ru": "город"}.get(code, "қала")
    return [
        f"/{code}/search/?q={word}&language=all",
        f"/{code}/search/?q={word}&language=all&year=2025",
        f"/{code}/search/?q={word}&from=2020&to=2030&order=newest",
        f'/{code}/search/?q="zz zz" {word}&from=1950&to=1960',
        f"/{code}/search/?q=the",
    ]


@pytest.mark.long(read_in=(SOME, READ_IN))
def test_axe_finds_nothing_on_any_page(new_reader, read_in):
    code, scheme = read_in
    page = new_reader(color_scheme=scheme)
    for viewport in ({"width": 1440, "height": 900}, PHONE):
        page.set_viewport_size(viewport)
        for path in pages(code):
            page.goto(path)
            page.evaluate(OPEN_ALL)
            assert findings(page) == [], path


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("code", EDITIONS)
def test_nothing_scrolls_sideways_and_bars_can_be_tapped(new_reader, code, width):
    page = new_reader(viewport={"width": width, "height": 800})
    for path in pages(code):
        page.goto(path)
        page.evaluate(OPEN_ALL)
        assert page.evaluate(SIDEWAYS) == 0, path
        sizes = page.eval_on_selector_all(
            "a.bar, .timeline__ways a, .keep a, .keep button, .span button",
            "all => all.map(one => one.getBoundingClientRect())"
            ".map(box => Math.min(box.width, box.height))",
        )
        assert all(size >= 24 for size in sizes), path  # WCAG 2.2, 2.5.8


def focus_by_tab(page: Page, selector: str) -> None:
    """Press Tab from the top of the results until *selector* has the focus."""
    wanted = page.locator(selector).first
    page.locator(".search [role=combobox]").focus()
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{selector} was not reached by keyboard")


def test_a_year_and_a_month_are_chosen_by_keyboard(new_reader):
    page = new_reader(viewport={"width": 1440, "height": 900})
    page.goto("/kk/search/?q=қала&language=all&from=2000&to=2100")
    expect(page.locator(".timeline summary")).to_be_hidden()
    if page.locator(".timeline__title").inner_text() == "2000–2100":
        focus_by_tab(page, "a.bar")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"[?&]year=\d{4}"))
    expect(page.locator(".bars > li")).to_have_count(12)
    focus_by_tab(page, "a.bar")
    promised = page.locator("a.bar .bar__count").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"[?&]month=\d{4}-\d\d"))
    expect(page.locator(".search__count")).to_contain_text(promised)
    expect(page.locator(".bar.is-selected")).to_have_count(1)


def test_without_a_script_a_span_of_years_is_typed_on_a_phone(new_reader):
    page = new_reader(java_script_enabled=False, viewport=PHONE)
    page.goto("/ru/search/?q=город&language=all")
    expect(page.locator(".bars")).to_be_hidden()
    page.locator(".timeline summary").click()
    page.get_by_label("С года").fill("2025")
    page.get_by_label("по год").fill("2099")
    page.get_by_role("button", name="Показать").click()
    page.wait_for_url(re.compile(r"from=2025&to=2099"))
    expect(page.locator(".chips")).to_contain_text("2025–2099")
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".timeline")).to_have_attribute("open", "")


def test_the_link_is_copied_by_keyboard_with_an_announcement(new_reader):
    page = new_reader(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/kk-arab/search/?q=қала&order=newest&utm_source=x")
    button = page.locator(".keep .copy__button")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".keep .copy__status")).not_to_be_empty()
    copied = urlsplit(page.evaluate("navigator.clipboard.readText()"))
    assert copied.path == "/kk-arab/search/"
    assert parse_qs(copied.query) == {"q": ["қала"], "order": ["newest"]}


def test_the_link_is_copied_even_if_the_clipboard_api_is_refused(new_reader):
    page = new_reader(permissions=["clipboard-read"])
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject();")
    page.goto("/kk/search/?q=қала")
    page.locator(".keep .copy__button").click()
    expect(page.locator(".keep .copy__status")).to_have_text("Көшірілді")
    assert page.evaluate("navigator.clipboard.readText()").endswith(
        "/kk/search/?q=%D2%9B%D0%B0%D0%BB%D0%B0"
    )


def test_without_a_script_the_link_and_the_feed_are_plain_links(new_reader):
    page = new_reader(java_script_enabled=False)
    page.goto("/kk/search/?q=қала&language=all")
    expect(page.locator(".copy__button")).to_have_count(0)
    link, feed = page.locator(".keep a").all()
    expect(link).to_be_visible()
    answer = page.request.get(feed.get_attribute("href"))
    root = ElementTree.fromstring(answer.body())
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) > 1


def test_text_typed_in_the_wrong_layout_is_offered_corrected(new_reader):
    page = new_reader()
    page.goto("/ru/search/?q=ujhjl")
    link = page.locator(".notice a", has_text="город")
    promised = re.findall(r"\d+", link.locator(".notice__count").inner_text())[0]
    link.click()
    expect(page.locator(".search__count")).to_contain_text(promised)
    expect(page.locator(".hit").first).to_be_visible()
