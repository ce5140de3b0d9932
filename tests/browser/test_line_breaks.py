"""A line break in a paragraph, typed as a journalist types it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    field,
    insert_block,
    said,
    save_draft,
    start_article,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def test_a_line_break_and_emoji_are_typed_saved_and_opened_again(log_in):
    page = log_in("journalist")
    start_article(page, "Өлең", "Екі жол.")
    insert_block(page, "Paragraph")
    editor = page.locator(".public-DraftEditor-content").last
    editor.click()
    page.keyboard.type("Бірінші жол 😀 ")
    page.keyboard.press("Control+b")
    page.keyboard.type("қалың")
    page.keyboard.press("Control+b")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("екінші жол")
    expect(field(page, "value")).to_have_value(re.compile("екінші жол"))
    number = save_draft(page)
    for _time in range(2):  # what is opened is saved once more
        answer = page.goto(f"/admin/pages/{number}/edit/")
        assert answer is not None
        assert answer.status == 200
        editor = page.locator(".public-DraftEditor-content").last
        expect(editor).to_contain_text("екінші жол")
        assert editor.inner_text().split("\n")[:2] == [
            "Бірінші жол 😀 қалың",
            "екінші жол",
        ]
        bold = editor.locator("[style*='bold']")
        expect(bold).to_have_text("қалың")
        page.get_by_role("button", name="Save draft").click()
        said(page, "updated")
