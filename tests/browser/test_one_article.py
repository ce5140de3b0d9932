"""A new article that is saved by its button during its background save."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

CREATE = "**/admin/pages/add/articles/articlepage/*/"


def is_autosave(request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def articles(page: Page, title: str) -> int:
    """Return the number of pages with that title."""
    page.goto(f"/admin/pages/search/?q={title}")
    return page.get_by_role("link", name=title, exact=True).count()


def type_until_autosave(page: Page, title: str) -> None:
    """Type a new article, and wait until the editor has sent it in the background."""
    steps.start_article(page, "", "")
    steps.await_autosave(page)
    with page.expect_request(lambda r: r.method == "POST" and is_autosave(r)):
        page.fill("#id_title", title)


def test_a_button_that_is_pressed_while_the_background_save_is_under_way(log_in):
    """The server has the background save, and its answer has not come back."""
    page, title = log_in("journalist"), "Жалғыз мақала бірінші"
    held = []

    def hold(route) -> None:
        if not is_autosave(route.request):
            route.fallback()
            return
        held.append(route.fetch())  # and no answer for the editor

    page.route(CREATE, hold)
    type_until_autosave(page, title)
    page.fill("#id_lead", "Бәйшешек ерте гүлдеді.")
    steps.save_draft(page)
    assert [answer.json()["success"] for answer in held] == [True]
    expect(page.locator("#id_lead")).to_have_value("Бәйшешек ерте гүлдеді.")
    assert articles(page, title) == 1


def test_a_background_save_that_reaches_the_server_after_the_button(log_in):
    """It is on its way for so long that the form is saved before it."""
    page, title = log_in("journalist"), "Жалғыз мақала екінші"
    sent = []

    def delay(route) -> None:
        if not is_autosave(route.request):
            route.fallback()
            return
        sent.append(route)

    page.route(CREATE, delay)
    type_until_autosave(page, title)
    page.fill("#id_lead", "Бәйшешек ерте гүлдеді.")
    steps.save_draft(page)
    (late,) = sent
    request = late.request
    answer = page.request.fetch(
        request.url,
        method="POST",
        headers=request.headers,
        data=request.post_data_buffer,
    )
    assert answer.json()["error_code"] == "invalid_revision"
    page.reload()
    expect(page.locator("#id_lead")).to_have_value("Бәйшешек ерте гүлдеді.")
    assert articles(page, title) == 1
