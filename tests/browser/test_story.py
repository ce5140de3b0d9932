"""The main job, from the writing of an article to the reader's search."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import (
    field,
    insert_block,
    number_of,
    publish,
    said,
    save_draft,
    start_article,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

TITLE = "Аралға су қайтып келеді"
LEAD = "Кіші Аралдың деңгейі көтеріліп, балықшылар теңізге оралды."
QUOTE = "Теңіз ауылға жақындады"
ITEMS = ["балық аулау қайта басталды", "жағалауға ағаш отырғызылды"]
RUSSIAN = {
    TITLE: "В Арал возвращается вода",
    LEAD: "Уровень Малого Арала поднялся, и рыбаки вернулись к морю.",
    QUOTE: "Море подошло к аулу",
    "деді": "рассказали",
    "балықшылар": "рыбаки",
    "Өзгерістер:": "Перемены:",
    ITEMS[0]: "возобновился рыбный промысел",
    ITEMS[1]: "на берегу высадили деревья",
}


def write_article(page: Page) -> str:
    """Write an article with a quote and a list; return its number."""
    start_article(page, TITLE, LEAD)
    insert_block(page, "Quote")
    field(page, "text").fill(QUOTE)
    field(page, "said").fill("деді")
    field(page, "speaker").fill("балықшылар")
    insert_block(page, "List")
    field(page, "introduction").fill("Өзгерістер:")
    for number, item in enumerate(ITEMS):
        if number:
            page.get_by_role("button", name="Add", exact=True).last.click()
        page.locator("textarea[name*='-items-']").last.fill(item)
    return save_draft(page)


def submit_for_translation(page: Page, number: str) -> str:
    """Submit the article into Russian; return the number of the new draft."""
    page.goto(f"/admin/localize/submit/page/{number}/")
    page.get_by_label("Russian").check()
    page.get_by_role("button", name="Submit").click()
    said(page, "Russian")
    return number_of(page)


def translate_segments(page: Page) -> None:
    """Fill in every segment in wagtail-localize's editor."""
    for source, text in RUSSIAN.items():
        segment = page.locator("li", has=page.get_by_text(source, exact=True)).last
        segment.get_by_role("button", name="Translate").click()
        page.locator("textarea").fill(text)
        segment.get_by_role("button", name="Save").click()
        expect(page.get_by_text(text, exact=True).first).to_be_visible()


def test_an_article_is_written_translated_published_and_found(log_in, new_reader):
    journalist, editor, reader = log_in("journalist"), log_in("editor"), new_reader()
    number = write_article(journalist)
    publish(editor, number)
    draft = submit_for_translation(journalist, number)

    editor.goto(f"/admin/pages/{draft}/edit/")
    translate_segments(editor)
    editor.get_by_role("button", name=re.compile("Publish")).first.click()
    said(editor, "ublished")

    # The Kazakh original, by a form of a word that does not stand in it.
    reader.goto("/kk/")
    reader.get_by_role("combobox").first.fill("балықшылардан")
    reader.keyboard.press("Enter")
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.locator("main")).to_contain_text(f"«{QUOTE}», — деді балықшылар.")
    expect(reader.locator("html")).to_have_attribute("lang", "kk")

    # The Russian version, by the switch and by a Russian word.
    reader.get_by_role("link", name="Русский").first.click()
    expect(reader.locator("h1")).to_have_text(RUSSIAN[TITLE])
    reader.get_by_role("combobox").first.fill("рыбакам")
    reader.keyboard.press("Enter")
    reader.get_by_role("link", name=RUSSIAN[TITLE]).click()
    expect(reader.locator("main")).to_contain_text(RUSSIAN[ITEMS[1]])

    # Nobody has translated it into English: the reader is told, and offered both.
    reader.get_by_role("link", name="English").first.click()
    expect(reader.locator("main")).to_contain_text("not been translated")
    reader.locator("main").get_by_role("link", name=TITLE).click()
    expect(reader.locator("h1")).to_have_text(TITLE)
