"""Comments that are written while a background save is under way.

They are neither lost nor stored twice, however late the answer comes.
"""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

COUNT = """
from wagtail.models import Comment
for one in Comment.objects.filter(page_id=%s).order_by("pk"):
    print("found:", one.text, *[reply.text for reply in one.replies.all()], sep="|")
"""


class HeldSaves:
    """Background saves of a page: handled by the server, answered when we say."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: list = []
        self.is_holding = True
        page.route("**/edit/", self._hold)

    def _hold(self, route: Route) -> None:
        accepts = route.request.headers.get("accept", "")
        if self.is_holding and "json" in accepts:
            self.held.append((route, route.fetch()))
        else:
            route.continue_()

    def wait(self) -> None:
        """Wait until a save has been sent."""
        while not self.held:
            self.page.wait_for_timeout(50)

    def answer(self) -> None:
        """Send the delayed answers, and those of all later saves at once."""
        self.is_holding = False
        with self.page.expect_event("console", lambda one: one.text == "answered"):
            self.page.evaluate(
                """document.addEventListener(
                     "w-autosave:success",
                     () => requestAnimationFrame(() => console.log("answered")))"""
            )
            for route, response in self.held:
                route.fulfill(response=response)


@pytest.fixture
def page(log_in) -> Page:
    return log_in("journalist")


@pytest.fixture
def number(page) -> str:
    steps.start_article(page, "Пікірлер", "Бірінші сөйлем.")
    number = steps.save_draft(page)
    page.locator("[data-side-panel-toggle=comments]").click()
    steps.await_autosave(page)
    return number


def begin_comment(page: Page, text: str) -> None:
    page.locator("#id_lead").press("Control+Alt+m")
    page.locator("#comments .comment").last.get_by_role("textbox").click()
    page.keyboard.type(text)


def comment(page: Page, text: str) -> None:
    begin_comment(page, text)
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("[name^=comments-][name$=-text]").last).to_have_value(text)


def stored(site, number: str) -> list[str]:
    lines = site.manage("shell", "-c", COUNT % number).splitlines()
    return [line.removeprefix("found:|") for line in lines if line.startswith("found:")]


def save(page: Page) -> None:
    page.get_by_role("button", name="Save draft").click()
    steps.said(page, "updated")


def test_a_comment_that_is_added_before_the_answer_comes_stays(site, page, number):
    saves = HeldSaves(page)
    page.fill("#id_lead", "Екінші сөйлем.")
    saves.wait()
    comment(page, "Кім айтты?")
    saves.answer()
    expect(page.locator("[name=comments-0-text]")).to_have_value("Кім айтты?")
    save(page)
    assert stored(site, number) == ["Кім айтты?"]


def test_a_comment_can_be_typed_while_the_response_arrives(site, page, number):
    saves = HeldSaves(page)
    page.fill("#id_lead", "Екінші сөйлем.")
    saves.wait()
    begin_comment(page, "Қашан")
    saves.answer()
    page.keyboard.type(" болды?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("[name=comments-0-text]")).to_have_value("Қашан болды?")
    save(page)
    assert stored(site, number) == ["Қашан болды?"]


def test_a_comment_that_was_sent_is_stored_once_when_another_follows_it(
    site, page, number
):
    saves = HeldSaves(page)
    comment(page, "Кім айтты?")
    saves.wait()
    page.locator("#id_title").press("Control+Alt+m")
    page.locator("#comments .comment").get_by_role("textbox").first.click()
    page.keyboard.type("Қысқарта")
    saves.answer()
    expect(page.locator("[name=comments-0-id]")).not_to_have_value("")
    page.keyboard.type(" аласыз ба?")
    page.get_by_role("button", name="Comment", exact=True).click()
    save(page)
    assert stored(site, number) == ["Кім айтты?", "Қысқарта аласыз ба?"]


def test_a_comment_that_was_sent_and_deleted_is_gone(site, page, number):
    saves = HeldSaves(page)
    comment(page, "Кім айтты?")
    saves.wait()
    thread = page.locator("#comments .comment")
    thread.get_by_role("button", name="More actions").click()
    thread.get_by_role("menuitem", name="Delete").click()
    thread.get_by_role("button", name="Delete").click()
    expect(page.locator("[name=comments-0-text]")).to_have_count(0)
    saves.answer()
    expect(page.locator("[name=comments-0-DELETE]")).to_have_value("1")
    save(page)
    assert stored(site, number) == []
