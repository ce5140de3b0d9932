"""Searching as readers do it: by keyboard and by hand, with and without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

WIDTHS = (360, 768, 1280)
# A place that the demo has, by a few letters of its name, in each language.
PLACES = {"kk": ("алм", "Алматы"), "ru": ("алм", "Алматы"), "en": ("alm", "Almaty")}


def type_in(page: Page, text: str, code: str = "kk"):
    """Type in the large search field, and return it when there are suggestions."""
    page.goto(f"/{code}/search/")
    field = page.get_by_role("combobox")
    field.press_sequentially(text)
    expect(page.get_by_role("option").first).to_be_visible()
    return field


@pytest.mark.parametrize("code", PLACES)
def test_a_name_is_chosen_by_keyboard_alone(new_reader, code):
    page = new_reader()
    typed, name = PLACES[code]
    field = type_in(page, typed, code)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"\d"))
    field.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text(name)
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    field.press("Enter")
    page.wait_for_url(re.compile(r"\?place="))
    expect(page.locator(".chips")).to_contain_text(name)
    expect(page.locator(".hit").first).to_be_visible()


def test_arrows_go_round_and_escape_leaves_what_was_typed(new_reader):
    page = new_reader()
    field = type_in(page, "алм")
    field.press("ArrowUp")
    last = page.get_by_role("option").last
    expect(last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("алм")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_enter_without_a_choice_searches_for_what_was_typed(new_reader):
    page = new_reader()
    field = type_in(page, "форум")
    field.press("Enter")
    page.wait_for_url(re.compile(r"\?q="))
    expect(page.locator(".hit mark").first).to_be_visible()


def test_the_list_moves_nothing_on_the_page(new_reader):
    page = new_reader()
    page.goto("/kk/search/")
    below = page.locator(".advice")
    before = below.bounding_box()
    type_in(page, "алм")
    assert below.bounding_box() == before


def test_a_suggestion_is_chosen_by_hand_in_the_header(new_reader):
    page = new_reader()
    page.goto("/ru/")
    page.get_by_role("combobox").press_sequentially("кызыл")
    page.get_by_role("option", name=re.compile("Кызылорда")).first.click()
    page.wait_for_url(re.compile(r"/ru/search/\?"))
    expect(page.locator(".hit").first).to_be_visible()


def test_without_a_script_filters_open_narrow_and_are_removed(new_reader):
    page = new_reader(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto("/kk/")
    page.get_by_role("searchbox").fill("қала")
    page.keyboard.press("Enter")
    expect(page.locator(".hit").first).to_be_visible()
    all_of_them = page.locator(".hit").count()
    page.locator(".filters summary").click()
    page.locator("#filter-place + ul a").first.click()
    expect(page.locator(".chips a")).to_be_visible()
    assert 0 < page.locator(".hit").count() < all_of_them
    page.locator(".chips a").click()
    expect(page.locator(".hit")).to_have_count(all_of_them)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("code", PLACES)
def test_nothing_is_wider_than_the_screen_and_targets_are_large(
    new_reader, code, width
):
    page = new_reader(viewport={"width": width, "height": 800})
    for address in (
        f"/{code}/search/",
        f"/{code}/search/?q=2025&language=all",
        f"/{code}/search/?q=2025&language=all&facet=organisation",
    ):
        page.goto(address)
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        heights = page.eval_on_selector_all(
            ".chip, .choice, .filter__all, .orders a, summary",
            "all => all.filter(e => e.checkVisibility())"
            ".map(e => e.getBoundingClientRect().height)",
        )
        assert all(height >= 24 for height in heights)  # WCAG 2.2, 2.5.8


def test_the_filters_are_open_on_a_wide_screen_and_folded_on_a_narrow_one(new_reader):
    page = new_reader()
    page.goto("/kk/search/?q=қала")
    expect(page.locator("#filter-place")).to_be_visible()
    expect(page.locator(".bars")).to_be_visible()
    expect(page.locator(".filters summary")).to_be_hidden()
    narrow = new_reader(viewport={"width": 360, "height": 740})
    narrow.goto("/kk/search/?q=қала")
    expect(narrow.locator("#filter-place")).to_be_hidden()
    expect(narrow.locator(".bars")).to_be_hidden()
