"""Two people comment on a draft in the page editor."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def open_comments(page: Page, number: str) -> None:
    """Open the comments; Wagtail remembers which side panel was open."""
    page.goto(f"/admin/pages/{number}/edit/")
    panel = page.locator("[data-side-panel=comments]")
    if panel.is_hidden():
        page.locator("[data-side-panel-toggle=comments]").click()
    expect(panel).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save draft").click()
    steps.said(page, "updated")


def test_a_draft_is_commented_answered_and_resolved(log_in):
    journalist, editor = log_in("journalist"), log_in("editor")
    steps.start_article(journalist, "Пікірі бар мақала", "Мерекеге мың адам келді.")
    number = steps.save_draft(journalist)

    open_comments(editor, number)
    lead = editor.locator("[data-contentpath=lead]")
    lead.hover()
    lead.locator("[data-comment-add]").click()
    thread = editor.locator("#comments .comment")
    thread.get_by_role("textbox").fill("Мың адам деген дерек қайдан?")
    thread.get_by_role("button", name="Comment", exact=True).click()
    save(editor)

    open_comments(journalist, number)
    thread = journalist.locator("#comments .comment")
    expect(thread).to_contain_text("Мың адам деген дерек қайдан?")
    thread.click()
    thread.get_by_role("textbox").fill("Әкімдіктің есебінен.")
    thread.get_by_role("button", name="Reply", exact=True).click()
    save(journalist)

    open_comments(editor, number)
    thread = editor.locator("#comments .comment")
    expect(thread).to_contain_text("Әкімдіктің есебінен.")
    thread.click()
    thread.locator("summary").first.click()
    thread.get_by_role("menuitem", name="Resolve", exact=True).click()
    expect(thread).to_have_count(0)
    save(editor)
    editor.goto(f"/admin/pages/{number}/history/")
    told = editor.get_by_text(re.compile("Resolve|resolved")).filter(visible=True)
    expect(told.first).to_be_visible()
    open_comments(journalist, number)
    expect(journalist.locator("#id_lead")).to_be_visible()
    expect(journalist.locator("#comments .comment")).to_have_count(0)
