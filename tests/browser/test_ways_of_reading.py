"""Pages at 400 %, with wider spacing, without motion, by keyboard and aloud.

These are the criteria of WCAG 2.2 that axe cannot check.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import open_details
from tests.browser.page_types import in_edition
from tests.browser.reading import (
    TEXT_SPACING,
    foreign_letters,
    lost_text,
    tab_through,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

EDITIONS = ("kk", "kk-latn", "kk-arab", "ru", "en")
SOME_EDITIONS = ("kk", "kk-arab", "ru")
# 1280 px at 400 %: 1.4.10.
ZOOMED = {"width": 320, "height": 256}
WIDE = {"width": 1280, "height": 800}
READ_IN = [(edition, width) for edition in ("kk", "kk-arab") for width in (320, 1280)]
SOME = [("kk", 320), ("kk-arab", 1280)]
SETTLED = "document.fonts.ready"
# Each of these loses its text in a way of its own; the first does not.
LOSING = """
  <!doctype html>
  <body style="margin: 0">
    <div style="overflow: auto; inline-size: 9rem; white-space: nowrap">
      A line that scrolls in a region of its own</div>
    <div style="overflow: hidden; inline-size: 4rem; block-size: 1rem">
      One line of two</div>
    <div>Below</div>
    <div style="position: relative; inset-block-start: -1.3rem; background: white">
      Above</div>
    <div style="position: absolute; inset-inline-start: 40rem; inline-size: 60px">
      Aside</div>
"""
MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
  const style = getComputedStyle(one);
  return /[1-9]/.test(style.transitionDuration + style.animationDuration)
    || style.scrollBehavior === "smooth";
}).map(one => one.outerHTML.slice(0, 80))"""


def pages_of(addresses: dict, edition: str) -> list[tuple[str, str]]:
    pages = addresses[edition.partition("-")[0]].items()
    # The login belongs to the admin, which has a layout of its own.
    return [(name, in_edition(url, edition)) for name, url in pages if name != "login"]


def read(page: Page, address: str) -> None:
    page.goto(address)
    open_details(page)
    page.evaluate(SETTLED)


def test_lost_texts_are_noticed(new_reader):
    page = new_reader(viewport=ZOOMED)
    page.set_content(LOSING)
    assert lost_text(page) == [
        "clipped: One line of two",
        "covered: Below",
        "off the screen: Aside",
        "wider than the screen by 380 px",
    ]


@pytest.mark.long(edition=(SOME_EDITIONS, EDITIONS))
def test_nothing_is_lost_at_400_percent(new_reader, addresses, edition):
    page = new_reader(viewport=ZOOMED)
    lost = []
    for name, address in pages_of(addresses, edition):
        page.set_viewport_size(ZOOMED)
        read(page, address)
        lost += [f"{name}: {one}" for one in lost_text(page)]
    assert not lost, "\n".join(lost)


@pytest.mark.long(read_in=(SOME, READ_IN))
def test_nothing_is_lost_with_wide_spacing(new_reader, addresses, read_in):
    edition, width = read_in
    size = {"width": width, "height": 800}
    page = new_reader(viewport=size, bypass_csp=True)
    lost = []
    for name, address in pages_of(addresses, edition):
        page.set_viewport_size(size)
        read(page, address)
        page.add_style_tag(content=TEXT_SPACING)
        lost += [f"{name}: {one}" for one in lost_text(page)]
    assert not lost, "\n".join(lost)


def test_nothing_moves_for_who_wants_no_motion(new_reader, addresses):
    page = new_reader(reduced_motion="reduce")
    for name, address in pages_of(addresses, "kk"):
        read(page, address)
        assert page.evaluate(MOVING) == [], name
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) != []


@pytest.mark.long(edition=(SOME_EDITIONS, EDITIONS))
def test_texts_in_other_letters_have_a_lang_attribute(new_reader, addresses, edition):
    page = new_reader()
    found = []
    for name, address in pages_of(addresses, edition):
        read(page, address)
        found += [f"{name}: {one}" for one in foreign_letters(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("edition", "size"), [("kk", WIDE), ("kk-arab", ZOOMED)])
@pytest.mark.parametrize("kind", ["front page", "article", "search with hits", "month"])
def test_tab_reaches_everything_in_order_and_is_seen(
    new_reader, addresses, edition, size, kind
):
    page = new_reader(viewport=size, reduced_motion="reduce")
    read(page, in_edition(addresses["kk"][kind], edition))
    reachable, stops = tab_through(page)
    assert len(reachable) > 20
    reached = [reachable[int(one["stop"])] for one in stops if one["stop"]]
    assert reached == reachable
    unseen = [one["html"] for one in stops if one["outline"] < 2 or not one["isSeen"]]
    assert not unseen, "\n".join(unseen)


@pytest.mark.parametrize("edition", ["kk", "kk-arab"])
def test_the_skip_link_moves_the_focus_past_the_header(new_reader, edition):
    page = new_reader(viewport=ZOOMED)
    page.goto(f"/{edition}/qogam/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main a").first).to_be_focused()


def test_folded_parts_and_languages_open_by_keyboard(new_reader, addresses):
    page = new_reader(viewport=ZOOMED)
    page.goto(in_edition(addresses["kk"]["article of the demo"], "kk-arab"))
    page.locator(".cite summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cite__text").first).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator(".cite__text").first).to_be_hidden()
    page.locator(".languages [hreflang=kk-Latn]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/kk-latn/**")
    expect(page.locator("html")).to_have_attribute("lang", "kk-Latn")


def test_a_suggestion_is_chosen_by_keyboard_from_right_to_left(new_reader):
    page = new_reader(viewport=ZOOMED)
    page.goto("/kk-arab/")
    field = page.get_by_role("combobox")
    field.press_sequentially("алм")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    box = page.get_by_role("listbox").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= ZOOMED["width"]
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/kk-arab/.+"))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
