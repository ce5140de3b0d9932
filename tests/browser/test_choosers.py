"""People, organisations, places and topics are created where they are chosen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

# What is chosen: the button, the tab and the button of its form; a name that the demo
# has in other letters, how the demo has it, and which list of the article it is in.
LISTS = [
    ("topic", "Add topic", "Qalalardy damytu", "Қалаларды дамыту"),
    ("organisation", "Add organisation", "un habitat", "UN-Habitat"),
    ("place", "Add place", "Qyzylorda", "Қызылорда"),
]
MINISTER = "Ерлан Нысанбаев, Экология және табиғи ресурстар министрі (Kazakh)"
BLOCK = "Ерлан Нысанбаевтың"


def send(page: Page, kind: str, name: str) -> Locator:
    """Fill in and send the form of a new *kind* in the open dialog; return its tab."""
    dialog = page.locator(".modal")
    dialog.get_by_role("tab", name=f"New {kind}").click()
    form = dialog.get_by_role("tabpanel", name=f"New {kind}")
    form.get_by_label("Name").fill(name)
    form.get_by_role("button", name=f"Create the {kind}").click()
    return form


def confirm(page: Page, form: Locator, kind: str) -> None:
    """Confirm that it is another one, and wait until it is chosen."""
    form.get_by_label("None of these: create a new one").check()
    form.get_by_role("button", name=f"Create the {kind}").click()
    expect(page.locator(".modal")).to_have_count(0)


def test_a_name_known_in_another_script_is_offered_before_one_is_created(
    log_in,
):
    page = log_in("journalist")
    steps.start_article(page, "Таңдау терезелері", "Жаңа атаулар.")
    steps.insert_block(page, "People list")
    steps.field(page, "name").fill("Ерлан Нысанбаев")
    page.get_by_role("button", name="Choose a person", exact=True).click()
    form = send(page, "person", BLOCK)
    expect(form).to_contain_text("This name exists already")
    expect(form.get_by_label(MINISTER)).to_be_visible()
    confirm(page, form, "person")
    chosen = page.get_by_text(BLOCK, exact=True).filter(visible=True)
    expect(chosen).to_have_count(1)

    page.get_by_role("tab", name="About the article").click()
    for kind, button, name, known in LISTS:
        page.get_by_role("button", name=button, exact=True).click()
        form = send(page, kind, name)
        expect(form).to_contain_text("This name exists already")
        expect(form.get_by_label(known).first).to_be_visible()
        confirm(page, form, kind)
        expect(page.get_by_text(name, exact=True).filter(visible=True)).to_have_count(1)
    number = steps.save_draft(page)
    page.goto(f"/admin/pages/{number}/edit/")
    expect(page.get_by_text(BLOCK, exact=True).filter(visible=True)).to_have_count(1)
    page.get_by_role("tab", name="About the article").click()
    for _kind, _button, name, _known in LISTS:
        expect(page.get_by_text(name, exact=True).filter(visible=True)).to_have_count(1)


def test_the_form_of_names_lists_what_exists_and_saves_on_request(log_in):
    page = log_in("journalist")
    page.goto("/admin/snippets/articles/person/add/")
    page.fill("#id_name", "Erlan Nysanbaev")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("This name exists already")).to_be_visible()
    link = page.get_by_role("link", name=MINISTER)
    expect(link).to_be_visible()
    # What was typed stands in the form: there is nothing to restore.
    expect(page.locator("[data-kept-notice]")).to_have_count(0)
    page.locator("#id_is_another").check()
    page.get_by_role("button", name="Save", exact=True).click()
    steps.said(page, "created")
