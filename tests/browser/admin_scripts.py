"""Bring up what the admin's scripts show during work in the page editor.

Each function yields a text whenever something new can be read on the screen.
"""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.browser.admin_words import WORD

TABLE, PARAGRAPH = "table", "paragraph"


def insert_block(page: Page, kind: str) -> None:
    """Insert a block at the end, in any language of the admin."""
    number = page.locator("[data-streamfield-child]").count()
    page.locator(".c-sf-add-button:visible").last.click()
    options = page.locator(".w-combobox [role=option]")
    place = {PARAGRAPH: 0, TABLE: 8}[kind]
    options.nth(place).click()
    expect(page.locator("[data-streamfield-child]")).to_have_count(number + 1)


def table_menu(page: Page) -> Iterator[str]:
    insert_block(page, TABLE)
    # The block's own caption is the only one: no page shows Wagtail's.
    expect(page.locator("[id$='-table-handsontable-col-caption']")).to_be_hidden()
    expect(page.locator("[name$='-value-caption']").last).to_be_visible()
    page.locator(".handsontable td:visible").first.click(button="right")
    menu = page.locator(".htContextMenu:visible").first
    expect(menu.locator("td:visible").first).not_to_be_empty()
    yield menu.inner_text()
    page.keyboard.press("Escape")


def toolbar(page: Page) -> Iterator[str]:
    """Type a text; read the hints of all buttons and the list of commands."""
    insert_block(page, PARAGRAPH)
    editor = page.locator(".Draftail-Editor [role=textbox]").last
    editor.click()
    page.keyboard.type("Мәтін")
    page.keyboard.press("Shift+Home")
    buttons = page.locator(".Draftail-ToolbarButton:visible")
    expect(buttons.first).to_be_visible()
    for button in buttons.all():
        button.hover()
        yield button.get_attribute("aria-label") or ""
    page.keyboard.press("End")
    page.keyboard.type(" /")
    commands = page.locator("[role=tooltip] [role=option]:visible")
    expect(commands.first).to_be_visible()
    yield commands.first.inner_text()
    page.keyboard.type("йййъъъ")
    expect(commands).to_have_count(0)
    yield "nothing found"
    for _letter in "/йййъъъ":
        page.keyboard.press("Backspace")


def link_dialog(page: Page) -> Iterator[str]:
    """Open the dialog for links and each of its kinds, filled in wrongly too."""
    page.keyboard.press("Control+k")
    kinds = page.locator(".modal.in .link-types a")
    expect(kinds.first).to_be_visible()
    for place in range(kinds.count()):
        link = kinds.nth(place)
        address = link.get_attribute("href")
        with page.expect_response(lambda answer: "/choose-" in answer.url):
            link.click()
        yield str(address)
        button = page.locator(".modal.in form [type=submit]:visible")
        if button.count():
            with page.expect_response(lambda answer: "/choose-" in answer.url):
                button.last.click()
            yield f"{address} wrong"
    close(page)


def link_menu(page: Page) -> Iterator[str]:
    """Make a link, and open the menu that appears when it is clicked."""
    page.locator(".Draftail-Editor [role=textbox]").last.click()
    page.keyboard.press("Control+k")
    page.locator(".modal.in .link-types a[href*=external]").first.click()
    page.fill(".modal.in [name$=url]", "https://example.org/")
    page.locator(".modal.in form [type=submit]:visible").click()
    page.locator(".TooltipEntity").last.click()
    buttons = page.locator(".Tooltip__button")
    expect(buttons).to_have_count(2)
    expect(buttons.first).not_to_have_text(WORD)
    yield from buttons.all_inner_texts()
    page.keyboard.press("Escape")


def comment(page: Page) -> Iterator[str]:
    """Write a comment, save it and open its menu."""
    page.locator(".w-field__comment-button--add").first.evaluate("e => e.click()")
    page.locator(".comment textarea").first.fill("Түсініктеме")
    yield page.locator(".comment").first.inner_text()
    # Comments slide to their places: a button that moves while it is pressed is not
    # clicked, so it is pressed with the keyboard. That does not wait for the button,
    # which is disabled until the script has read the text.
    button = page.locator(".comment__button--primary:visible").first
    expect(button).to_be_enabled()
    button.press("Enter")
    expect(page.locator(".comment").first).to_have_class(re.compile("mode-default"))
    date = page.locator(".comment-header__date time").first
    expect(date).to_be_visible()
    yield date.inner_text()
    page.locator(".comment details summary, .comment [aria-haspopup]").first.click()
    yield page.locator(".comment").first.inner_text()


def shortcuts(page: Page) -> Iterator[str]:
    page.locator("#id_lead").press("Escape")
    page.locator("body").press("?")
    yield "shortcuts"


def choosers(page: Page) -> Iterator[str]:
    """Open each kind of chooser of the editor, and use it.

    Search for nothing, open the tabs, and send the forms in them empty.
    """
    seen = set()
    buttons = "[data-chooser-action-choose]:visible, [id$=-OPEN_MODAL]:visible"
    for tab in page.locator(".w-tabs__list [role=tab]").all():
        tab.click()
        for button in page.locator(buttons).all():
            label = button.inner_text().strip()
            if label not in seen:
                seen.add(label)
                button.click()
                yield from _chooser(page, label)


def _chooser(page: Page, label: str) -> Iterator[str]:
    expect(page.locator(".modal.in [role=tab], .modal.in form").first).to_be_visible()
    yield label
    search = page.locator(".modal.in [name=q]:visible")
    if search.count():
        with page.expect_response(lambda answer: "/choose" in answer.url):
            search.first.fill("йййъъъ")
        yield f"{label}: nothing found"
    for tab in page.locator(".modal.in [role=tab]").all():
        tab.click()
        yield f"{label}: {tab.inner_text()}"
    button = page.locator(".modal.in [role=tabpanel]:visible [type=submit]:visible")
    if button.count():
        button.last.click()
        yield f"{label}: wrong"
    close(page)


def close(page: Page) -> None:
    page.locator(".modal.in button.close").click()
    expect(page.locator(".modal.in")).to_have_count(0)
