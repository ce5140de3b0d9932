"""No screen of the admin, and no work with it, needs what its policy forbids."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.articles.pictures import picture_file
from tests.browser import steps
from tests.browser.admin_words import screens
from tests.browser.policy_watch import INJECT, Watch
from tests.browser.test_admin_in_kazakh import FURTHER, IDS, SKIPPED, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

TITLE = "Қатаң ереже кезіндегі жұмыс"
TRANSLATED = "Перевод под строгими правилами"
FORMS = (
    "/admin/pages/add/articles/articlepage/{section}/",
    "/admin/pages/add/articles/sectionpage/{section}/",
    "/admin/pages/{section}/edit/",
    "/admin/images/multiple/add/",
)
WITH_FILTERS = (
    "/admin/",
    "/admin/account/",
    "/admin/images/",
    "/admin/images/{picture}/",
    "/admin/users/",
    "/admin/groups/",
    "/admin/workflows/list/",
    "/admin/accounts/audit/",
    "/admin/reports/archive-search/frequent/",
)


@pytest.fixture(scope="module")
def ids(site) -> dict[str, int]:
    return json.loads(site.manage("shell", "-v0", "-c", IDS))


@pytest.fixture
def watch(new_reader) -> Watch:
    """A superuser's window, opened through the sign-in page."""
    watch = Watch(new_reader())
    page = watch.page
    page.goto("/admin/login/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", "admin-demo")
    page.click("button[type=submit]")
    steps.await_path(page, "/admin/")
    return watch


def opened(page: Page, ids: dict[str, int], *, is_long: bool) -> Iterator[str]:
    """Open the screens with forms, and lists with filters; if long, all screens."""
    if is_long:
        yield from screens(page, "/admin/", SKIPPED)
    for address in (*FURTHER, *FORMS, *WIDE, *WITH_FILTERS):
        answer = page.goto(address.format(**ids))
        assert answer, address
        assert answer.ok, address
        yield address


@pytest.mark.long(is_long=([False], [True]))
def test_no_screen_asks_what_the_policy_forbids(watch, ids, is_long):
    page, count, refused = watch.page, 0, {}
    for address in opened(page, ids, is_long=is_long):
        count += 1
        # Every widget is started, and what is started by scripts has been drawn.
        assert page.locator("widget-start:not([data-started])").count() == 0, address
        page.evaluate("new Promise(requestAnimationFrame)")
        if found := watch.refused():
            refused[address] = found
    assert refused == {}
    assert watch.errors == []
    assert count > (100 if is_long else 40)


def test_a_script_that_is_injected_into_the_admin_does_not_run(watch, ids):
    page = watch.page
    page.goto("/admin/pages/{article}/edit/".format(**ids))
    page.evaluate(INJECT, "data:,")
    page.evaluate(
        """() => {
          const start = document.createElement("widget-start");
          start.dataset.kind = "eval";
          start.dataset.for = "window.injected = true";
          start.dataset.options = "{}";
          document.body.append(start);
        }"""
    )
    page.wait_for_function("window.violations.length >= 2")
    assert not page.evaluate("window.injected")
    assert watch.errors == ["Unknown kind of widget: eval"]


def dialog(page: Page) -> Locator:
    return page.locator(".modal.in")


def choose_pictures_and_names(page: Page) -> None:
    page.get_by_role("tab", name="About the article").click()
    page.get_by_role("button", name="Choose an image").click()
    dialog(page).locator("[data-chooser-modal-choice]").first.click()
    expect(dialog(page)).to_have_count(0)
    page.fill("#id_lead_picture_alt", "Күріш алқабы")
    page.get_by_role("button", name="Add topic").click()
    boxes = dialog(page).locator("[name=id]")
    for number in range(2):
        boxes.nth(number).check()
    dialog(page).get_by_role("button", name="Confirm selection").click()
    expect(dialog(page)).to_have_count(0)
    chosen = page.locator("[id$=-FORMS] [data-chooser-title]:visible")
    expect(chosen).to_have_count(2)
    for name in chosen.all():
        expect(name).not_to_be_empty()
    page.locator("[data-inline-panel-child-move-down]:visible").first.click()
    page.get_by_role("tab", name="Text").click()


def write_blocks(page: Page) -> None:
    """Write a paragraph with a link to a page, and choose a document."""
    steps.insert_block(page, "Paragraph")
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.type("Күріш")
    page.keyboard.press("Control+k")
    dialog(page).locator("a.choose-page").last.click()
    expect(dialog(page)).to_have_count(0)
    expect(page.locator(".TooltipEntity").last).to_be_visible()


def pick_date(page: Page) -> None:
    page.locator("[data-side-panel-toggle=status]").click()
    page.get_by_role("button", name="Set schedule").click()
    field = page.locator("#id_expire_at")
    field.click()
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    calendar.locator(".xdsoft_next").first.click()
    calendar.locator("td.xdsoft_date:not(.xdsoft_other_month)").last.click()
    expect(field).to_have_value(re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d"))
    field.fill("")
    page.keyboard.press("Escape")


def test_an_article_is_written_and_published_under_the_policy(watch):
    page = watch.page
    steps.start_article(page, TITLE, "Саржайлаудың ескі жолы.")
    steps.insert_block(page, "Heading")
    steps.field(page, "value").fill("Айдар")
    write_blocks(page)
    choose_pictures_and_names(page)
    number = steps.save_draft(page)
    assert watch.refused() == []
    page.goto(f"/admin/pages/{number}/edit/")
    pick_date(page)
    page.goto(f"/admin/pages/{number}/edit/")
    more = page.get_by_role("navigation", name="Actions (footer)")
    more.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile("Submit")).first.click()
    steps.said(page, "submitted")
    page.goto(f"/admin/pages/{number}/edit/")
    more.get_by_role("button", name="More actions").click()
    more.get_by_role("button", name="Publish", exact=True).click()
    # It cancels the workflow, as a dialog warns.
    dialog(page).get_by_role("button", name="Publish").click()
    steps.said(page, "published")
    compared = page.goto(f"/admin/pages/{number}/revisions/compare/earliest...live/")
    assert compared
    assert compared.ok
    assert watch.refused() == []
    assert watch.errors == []


def test_rows_choosers_and_uploads_work_under_the_policy(watch, ids, tmp_path):
    page = watch.page
    page.goto("/admin/snippets/newsroom_translation/concept/add/")
    rows = page.locator("[data-inline-panel-child]")
    before = rows.count()
    page.get_by_role("button", name="Add Term").click()
    expect(rows).to_have_count(before + 1)
    page.goto("/admin/workflows/edit/1/")
    page.get_by_role("button", name="Add task").click()
    page.get_by_role("button", name="Choose a task").last.click()
    dialog(page).get_by_role("tab", name="Existing").click()
    dialog(page).locator("a.task-choice").first.click()
    expect(dialog(page)).to_have_count(0)
    page.get_by_role("button", name="Choose a page").first.click()
    dialog(page).locator("a.choose-page").last.click()
    expect(dialog(page)).to_have_count(0)
    file = tmp_path / "kurish.jpg"
    file.write_bytes(picture_file((640, 377)))
    page.goto("/admin/images/multiple/add/")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_label("Title", exact=False)).to_have_value("kurish")
    page.goto("/admin/images/{picture}/".format(**ids))
    expect(page.locator(".jcrop-holder")).to_be_visible()
    assert watch.refused() == []
    assert watch.errors == []


def test_translations_are_edited_under_the_policy(watch, ids):
    page = watch.page
    page.goto("/admin/pages/{translated}/edit/".format(**ids))
    page.get_by_role("button", name="Edit", exact=True).first.click()
    field = page.locator(".js-translation-editor textarea").first
    field.fill(TRANSLATED)
    with page.expect_response(re.compile(r"/strings/\d+/edit/$")):
        page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text(TRANSLATED).first).to_be_visible()
    page.goto("/admin/translation-desk/translation/{translation}/".format(**ids))
    segment = page.locator(".segment textarea", has_text=TRANSLATED)
    segment.fill(f"{TRANSLATED}!")
    page.get_by_role("button", name="Save all").click()
    steps.said(page, "saved")
    steps.start_article(page, "Аударылатын мақала", "Кіріспе.")
    page.goto(f"/admin/localize/submit/page/{steps.save_draft(page)}/")
    every, boxes = page.locator("[name=select_all]"), page.locator("[name=locales]")
    expect(boxes.first).not_to_be_checked()
    every.check()
    for box in boxes.all():
        expect(box).to_be_checked()
    assert watch.refused() == []
    assert watch.errors == []
