"""A journalist's day, from the first paste to the published article.

An article is written, pasted into, commented and scheduled, an editor opens it at the
same time, and the session ends in the middle of a sentence.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.articles.pictures import picture_file
from tests.browser import steps
from tests.browser.test_kept_text import END_SESSIONS, KEPT, sign_in
from tests.browser.test_paste import CLIPBOARD, PASTE, types

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

TITLE, LEAD = "Бір күндік мақала", "Теңіз қайтып келеді."
INTRODUCTION = "Бізге хабарлағандай, су көтерілді."
REMARK = "Қанша метрге көтерілді?"
NEW_PERSON = "Жаңабек Тұрсынханұлы"
EDITORS_LEAD = "Теңіз қайтып келеді, дейді ғалымдар."
WORD_BLOCKS = ["heading", "paragraph", "list", "table", "quote"]
COME = """
from datetime import timedelta
from django.utils import timezone
from wagtail.models import Revision
past = timezone.now() - timedelta(minutes=1)
(row,) = Revision.page_revisions.filter(
    object_id="%(number)s", approved_go_live_at__isnull=False
)
row.approved_go_live_at, row.content["go_live_at"] = past, past.isoformat()
row.save(update_fields=["approved_go_live_at", "content"])
"""


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def dialog(page: Page) -> Locator:
    return page.locator(".modal")


def editor_of(page: Page, text: str) -> Locator:
    return page.locator(".public-DraftEditor-content").filter(has_text=text)


def paste_from_word(page: Page) -> None:
    steps.insert_block(page, "Paragraph")
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.type(INTRODUCTION)
    word = (CLIPBOARD / "word.html").read_text(encoding="utf-8")
    page.evaluate(PASTE, [word, "мәтін"])
    expect(page.locator("[data-paste-report]")).to_contain_text("1 picture")
    assert types(page) == ["paragraph", *WORD_BLOCKS]


def comment_on_introduction(page: Page) -> None:
    """Mark the introduction, and ask about it."""
    page.locator("[data-side-panel-toggle=comments]").click()
    expect(page.locator("[data-side-panel=comments]")).to_be_visible()
    editor_of(page, INTRODUCTION).click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.press("Control+Alt+m")
    thread = page.locator("#comments .comment")
    thread.get_by_role("textbox").click()
    page.keyboard.type(REMARK)
    expect(thread.get_by_role("textbox")).to_have_value(REMARK)
    thread.get_by_role("button", name="Comment", exact=True).click()


def upload_lead_picture(page: Page, folder: Path) -> None:
    file = folder / "aral.jpg"
    file.write_bytes(picture_file((800, 500)))
    page.get_by_role("button", name="Choose an image").click()
    dialog(page).get_by_role("tab", name="Upload").click()
    dialog(page).get_by_label("File").set_input_files(file)
    dialog(page).get_by_label("Title").fill("Арал жағасы")
    dialog(page).get_by_role("button", name="Upload").click()
    expect(dialog(page)).to_have_count(0)
    page.fill("#id_lead_picture_alt", "Теңіз жағасы")


def new_person(page: Page, button: str, name: str) -> Locator:
    """Fill in and send the form of a new person; return the form as it comes back."""
    page.get_by_role("button", name=button, exact=True).click()
    dialog(page).get_by_role("tab", name="New person").click()
    form = dialog(page).get_by_role("tabpanel", name="New person")
    form.get_by_label("Name").fill(name)
    form.get_by_role("button", name="Create the person").click()
    return form


def choose_and_create_people(page: Page) -> None:
    """Choose an author who exists in another script and order; create a person."""
    form = new_person(page, "Add author", "Nysanbaev Erlan")
    expect(form).to_contain_text("This name exists already")
    form.get_by_label("Ерлан Нысанбаев, Экология").check()
    form.get_by_role("button", name="Create the person").click()
    expect(dialog(page)).to_have_count(0)
    new_person(page, "Add person", NEW_PERSON)
    expect(dialog(page)).to_have_count(0)


def look_at_beginning(page: Page) -> None:
    """Assert that the draft that is open holds what was written at first."""
    assert types(page) == ["paragraph", *WORD_BLOCKS]
    expect(editor_of(page, INTRODUCTION)).to_be_visible()
    expect(page.locator("#id_lead_picture_alt")).to_have_value("Теңіз жағасы")
    expect(page.locator("[name=comments-0-text]")).to_have_value(REMARK)
    expect(page.locator("[name=comments-TOTAL_FORMS]")).to_have_value("1")
    open_tab(page, "About the article")
    for text in ("Арал жағасы", "Ерлан Нысанбаев", NEW_PERSON):
        expect(page.get_by_text(text, exact=True).filter(visible=True)).to_have_count(1)
    open_tab(page, "Text")


def type_in_introduction(page: Page, text: str) -> None:
    editor_of(page, "Бізге хабарлағандай").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def write_at_once(journalist: Page, editor: Page, number: str) -> None:
    """Change the lead as an editor while the journalist writes.

    Both see it, and the newest version has both texts.
    """
    journalist.goto(f"/admin/pages/{number}/edit/")
    editor.goto(f"/admin/pages/{number}/edit/")
    colleague = editor.locator("#w-editing-sessions button")
    expect(colleague).to_have_count(1)
    colleague.hover()
    tip = editor.locator("[data-tippy-root]").filter(has_text="Journalist")
    expect(tip).to_be_visible()
    steps.await_autosave(editor)
    editor.fill("#id_lead", EDITORS_LEAD)
    expect(editor.get_by_text("Saved", exact=True)).to_be_visible()

    notice = "News editor saved a new version"
    told = journalist.get_by_role("button", name=notice)
    expect(told).to_be_visible(timeout=30_000)  # asked for every ten seconds
    type_in_introduction(journalist, " Үш метрге!")
    save = journalist.get_by_role("button", name="Save draft", exact=True)
    expect(journalist.get_by_text("will overwrite a newer version")).to_be_visible()
    save.click()
    question = journalist.get_by_role("dialog").filter(has_text=notice)
    with journalist.expect_popup() as popup:
        question.get_by_role("link", name="View latest version").click()
    expect(popup.value.locator("#id_lead")).to_have_value(EDITORS_LEAD)
    popup.value.close()
    question.get_by_role("button", name="Close").click()
    journalist.fill("#id_lead", EDITORS_LEAD)
    save.click()
    question.get_by_role("button", name="Save draft").click()
    steps.said(journalist, "updated")
    expect(editor_of(journalist, "Үш метрге!")).to_be_visible()
    expect(journalist.locator("#id_lead")).to_have_value(EDITORS_LEAD)
    journalist.goto(f"/admin/pages/{number}/history/")
    versions = journalist.locator("tr").filter(has_text="Draft saved")
    expect(versions.filter(has_text="News editor")).to_have_count(1)


def write_on_without_session(site, page: Page, number: str) -> None:
    """End the session in the middle of a sentence, which is kept until the login."""
    page.goto(f"/admin/pages/{number}/edit/")
    steps.await_autosave(page)
    site.manage("shell", "-c", END_SESSIONS)
    type_in_introduction(page, " Сессия біткен соң да.")
    page.fill("#id_lead", f"{EDITORS_LEAD} Тағы бір сөйлем.")
    expect(page.get_by_text("Your session has ended.")).to_be_visible()
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url("**/admin/login/**")
    sign_in(page, "journalist")
    page.get_by_role("button", name="Restore and save as a draft").click()
    steps.said(page, "updated")
    expect(page.locator("#id_lead")).to_have_value(f"{EDITORS_LEAD} Тағы бір сөйлем.")
    expect(editor_of(page, "метрге! Сессия біткен соң да.")).to_be_visible()
    assert page.evaluate(KEPT) == 0


def schedule(page: Page) -> str:
    """Ask for publication tomorrow; return the moment as it is shown."""
    moment = timezone.localtime() + timedelta(days=1)
    page.locator("[data-side-panel-toggle=status]").click()
    page.get_by_role("button", name="Set schedule").click()
    page.fill("#id_go_live_at", moment.strftime("%Y-%m-%d %H:%M"))
    # The calendar that opens with the field may cover the button.
    page.get_by_role("button", name="Save schedule").dispatch_event("click")
    steps.said(page, "updated")
    return moment.strftime("%H:%M")


def make_effective(page: Page, number: str, time: str) -> None:
    """Approve the schedule as an editor who reads the remark."""
    page.goto("/admin/login/")
    sign_in(page, "editor")
    steps.await_path(page, "/admin/")
    page.goto(f"/admin/pages/{number}/edit/")
    page.locator("[data-side-panel-toggle=comments]").click()
    expect(page.locator("#comments .comment")).to_contain_text(REMARK)
    actions = page.get_by_role("navigation", name="Actions (footer)")
    actions.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Schedule to publish").click()
    steps.said(page, "scheduled for publishing")
    page.goto(f"/admin/pages/{number}/edit/")
    page.locator("[data-side-panel-toggle=status]").click()
    expect(page.locator("[data-side-panel=status]")).to_contain_text(time)


def test_a_journalists_day(site, log_in, new_reader, tmp_path):
    journalist, editor = log_in("journalist"), log_in("editor")
    steps.start_article(journalist, TITLE, LEAD)
    paste_from_word(journalist)
    comment_on_introduction(journalist)
    open_tab(journalist, "About the article")
    upload_lead_picture(journalist, tmp_path)
    choose_and_create_people(journalist)
    number = steps.save_draft(journalist)
    journalist.goto(f"/admin/pages/{number}/edit/")
    look_at_beginning(journalist)

    write_at_once(journalist, editor, number)
    write_on_without_session(site, journalist, number)
    time = schedule(journalist)
    make_effective(editor, number, time)

    reader = new_reader()
    address = f"/kk/search/?q={TITLE}"
    reader.goto(address)
    expect(reader.get_by_role("link", name=TITLE)).to_have_count(0)
    site.manage("shell", "-c", COME % {"number": number})
    site.manage("publish_scheduled")
    reader.goto(address)
    reader.get_by_role("link", name=TITLE).click()
    main = reader.locator("main")
    for text in ("Тағы бір сөйлем.", "Сессия біткен соң да.", "Ерлан Нысанбаев"):
        expect(main).to_contain_text(text)
    expect(main.get_by_role("img", name="Теңіз жағасы")).to_be_visible()
    expect(main).not_to_contain_text(REMARK)
