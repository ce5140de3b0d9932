"""Pasting into a paragraph, in a browser, as from other programs."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import field, insert_block, save_draft, start_article

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

CLIPBOARD = Path(__file__).parents[1] / "sanitising" / "clipboard"
EXPECTED = ["paragraph", "heading", "paragraph", "list", "table", "quote"]
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent(
    "paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def types(page: Page) -> list[str]:
    """Return the types of the body's blocks in order, without deleted ones."""
    return page.evaluate(
        "document.getElementById('body-root').rootBlock.children.map((c) => c.type)"
    )


def test_pasted_text_becomes_blocks_and_a_phrase_stays_at_the_caret(log_in):
    page = log_in("journalist")
    start_article(page, "Қойылған мәтін", "Буферден.")
    insert_block(page, "Paragraph")
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.type("Ауданы  өсті")
    for _letter in " өсті":
        page.keyboard.press("ArrowLeft")
    page.evaluate(PASTE, ["<p>5 км<span style='vertical-align:super'>2</span></p>", ""])
    expect(field(page, "value")).to_have_value(re.compile("Ауданы 5 км2 өсті"))
    expect(field(page, "value")).to_have_value(re.compile("SUPERSCRIPT"))
    page.keyboard.press("End")
    word = (CLIPBOARD / "word.html").read_text(encoding="utf-8")
    page.evaluate(PASTE, [word, "мәтін"])
    report = page.locator("[data-paste-report]")
    expect(report).to_contain_text("1 picture")
    expect(report.get_by_text("Жыл", exact=True)).to_be_visible()  # the merged cell
    assert types(page) == [
        "paragraph",
        "heading",
        "paragraph",
        "list",
        "table",
        "quote",
    ]
    save_draft(page)
    page.reload()
    assert types(page) == [
        "paragraph",
        "heading",
        "paragraph",
        "list",
        "table",
        "quote",
    ]
    expect(page.locator("[name^='body-'][name$='-items-1-value']")).to_have_value(
        "балық оралды"
    )


def test_a_fact_box_keeps_inline_elements_and_reports_converted_blocks(log_in):
    page = log_in("journalist")
    start_article(page, "Дерек терезесі", "Буферден.")
    insert_block(page, "Fact box")
    field(page, "title").fill("Дерек")
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.type("Басы: ")
    markup = (
        "<h2>Арал</h2><ul><li>5 км<sup>2</sup></li><li><b>қалың</b> сөз</li></ul>"
        "<img src='file:///a.png' alt='Жаға'>"
    )
    page.evaluate(PASTE, [markup, ""])
    report = page.locator("[data-paste-report]")
    expect(report).to_contain_text("2 headings, lists, quotes or tables")
    expect(report.get_by_text("Жаға", exact=True)).to_be_visible()
    assert types(page) == ["fact_box"]
    page.keyboard.type(" Соңы.")  # saved faster than the editor writes to its field
    number = save_draft(page)
    page.goto(f"/admin/pages/{number}/edit/")
    text = page.locator(".public-DraftEditor-content").last
    expect(text).to_contain_text("Басы:")
    assert text.inner_text().split("\n") == [
        "Басы: Арал",
        "5 км2",
        "қалың сөз Соңы.",
    ]
    expect(text.locator("sup, [style*='super']")).to_have_text("2")
    expect(text.locator("[style*='bold']")).to_have_text("қалың")
