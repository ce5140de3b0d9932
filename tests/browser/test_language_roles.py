"""A translator of Russian may work in Russian, and is refused in other languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.steps import Story

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

STORY = Story("Көкшетауда көктем", "Орманда бәйшешек гүлдеді.", "Ерте келді", {})
REFUSED = "you do not have permission"


def is_refused(page: Page, address: str) -> None:
    """Assert that the admin redirects to its home page with an error message."""
    page.goto(address)
    expect(page).to_have_url(re.compile(r"/admin/$"))
    steps.said(page, REFUSED)


def test_a_russian_translator_is_refused_in_other_languages(log_in):
    editor, translator = log_in("editor"), log_in("translator-ru")
    kazakh = steps.write(editor, STORY)
    steps.publish(editor, kazakh)
    steps.submit(editor, STORY.title, "Russian", "English")
    segments = steps.open_segments(editor, STORY.title, "English")
    link = editor.get_by_role("link", name="Pictures, preview, publishing")
    english = re.search(r"/pages/(\d+)/", link.get_attribute("href") or "")
    assert english
    editor.goto(f"/admin/pages/{kazakh}/edit/")
    steps.plan_release(editor)
    release = editor.url

    for number in (kazakh, english[1]):
        for action in ("edit", "unpublish", "delete", "move", "copy", "history"):
            is_refused(translator, f"/admin/pages/{number}/{action}/")
        is_refused(translator, f"/admin/translation-desk/releases/new/{number}/")
    changes = segments.replace("/translation/", "/changes/")
    for address in (segments, changes, release, "/admin/translation-desk/releases/"):
        is_refused(translator, address)

    # On the desk: readers' page of the Kazakh article, and nothing of the English.
    kazakh_cell = steps.cell(translator, STORY.title, "Kazakh")
    expect(kazakh_cell.get_by_role("link")).to_have_attribute(
        "href", re.compile(r"/kk/")
    )
    english_cell = steps.cell(translator, STORY.title, "English")
    expect(english_cell).to_contain_text("In progress")
    expect(english_cell.get_by_role("link")).to_have_count(0)
    for name in ("Submit for translation…", "Assign…"):
        expect(translator.get_by_role("button", name=name)).to_have_count(0)

    # In Russian: all of the work, but neither approval nor publication.
    steps.open_segments(translator, STORY.title, "Russian")
    steps.translate(translator, {text: f"[{text}]" for text in STORY.segments})
    approval = translator.get_by_role("button", name="Approve", exact=True)
    expect(approval).to_have_count(0)
    steps.hand_in(translator)
    expect(approval).to_have_count(0)
    readonly = steps.translation_field(translator, STORY.title)
    expect(readonly).not_to_be_editable()
    translator.get_by_role("link", name="Pictures, preview, publishing").click()
    publish = translator.get_by_role("button", name=re.compile("Publish"))
    expect(translator.get_by_text(f"[{STORY.title}]").first).to_be_visible()
    expect(publish).to_have_count(0)
