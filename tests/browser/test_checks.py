"""The Checks panel of the page editor: its findings and its errors."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

COUNT = '[data-side-panel="checks"] [data-content-checker-count]'


def open_checks(page: Page, title: str) -> None:
    steps.start_article(page, title, "Бәйшешек ерте гүлдеді.")
    page.locator("[data-side-panel-toggle=checks]").click()


def test_an_article_without_a_fault_is_counted_and_checked(log_in):
    page = log_in("editor")
    open_checks(page, "Көктем келді")
    expect(page.locator("[data-checks-status]")).to_have_text(
        "Checked: no issues found."
    )
    expect(page.locator(COUNT)).to_have_text("0")
    # The five words of headline and lead, without what surrounds them on the page.
    expect(page.locator("[data-content-word-count]")).to_have_text("5")
    expect(page.locator("[data-content-reading-time]")).to_have_text("0 mins")


@pytest.mark.parametrize("mode", ["", "kk-latn", "kk-arab"])
def test_a_known_fault_is_found_in_every_script(log_in, mode):
    page = log_in("editor")
    steps.start_article(page, "Бос тақырыпша", "Бәйшешек ерте гүлдеді.")
    steps.save_draft(page)
    steps.insert_block(page, "Heading")
    page.locator("[data-side-panel-toggle=checks]").click()
    if mode:
        page.locator("[data-side-panel-toggle=preview]").click()
        frame = page.frame_locator("#w-preview-iframe")
        # A mode that is chosen while the first preview is under way is not shown.
        expect(frame.locator("html")).to_have_attribute("lang", "kk")
        page.locator("[data-w-preview-target=mode]").select_option(mode)
        lang = {"kk-latn": "kk-Latn", "kk-arab": "kk-Arab"}[mode]
        expect(frame.locator("html")).to_have_attribute("lang", lang)
        page.locator("[data-side-panel-toggle=checks]").click()
    expect(page.locator("[data-checks-panel]")).to_contain_text("Empty heading found")
    expect(page.locator(COUNT)).to_have_text("1")
    expect(page.locator(COUNT)).to_be_visible()
    expect(page.locator("[data-content-word-count]")).to_have_text("5")


def test_a_preview_without_a_response_is_not_reported_as_free_of_issues(log_in):
    page = log_in("editor")
    page.clock.install()
    page.route(re.compile(r"/userbar\.js"), lambda route: route.abort())
    open_checks(page, "Тексерілмейтін мақала")
    status = page.locator("[data-checks-status]")
    expect(status).to_have_text("The preview is being checked…")
    page.clock.run_for(30_000)
    expect(status).to_contain_text("The checks could not run")
    expect(page.locator(COUNT)).not_to_be_visible()
    expect(page.locator("[data-content-word-count]")).to_have_text("–")


def test_a_failed_preview_is_not_reported_as_free_of_issues(log_in):
    page = log_in("editor")
    page.route(re.compile(r"/preview/$"), lambda route: route.abort())
    open_checks(page, "Жүктелмейтін мақала")
    status = page.locator("[data-checks-status]")
    expect(status).to_contain_text("The checks could not run")
    expect(page.locator(COUNT)).not_to_be_visible()
