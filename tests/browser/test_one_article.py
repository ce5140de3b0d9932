"""A new article that is saved while it is being saved in the background."""

import pytest

from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def test_a_draft_saved_before_autosave_has_its_answer_is_one_article(log_in):
    page = log_in("journalist")
    saved_in_background = []

    def hold(route):
        """Let the background save reach the site, and lose the answer."""
        if "application/json" not in route.request.headers.get("accept", ""):
            route.fallback()
            return
        saved_in_background.append(route.fetch().status)
        route.abort()

    page.route("**/admin/pages/add/articles/articlepage/*/", hold)
    steps.start_article(page, "Жалғыз мақала", "Бәйшешек гүлдеді.")
    page.wait_for_event("requestfailed")
    assert saved_in_background == [200]
    page.fill("#id_lead", "Бәйшешек ерте гүлдеді.")
    steps.save_draft(page)
    assert page.locator("#id_lead").input_value() == "Бәйшешек ерте гүлдеді."
    page.goto("/admin/pages/search/?q=Жалғыз")
    assert page.get_by_role("link", name="Жалғыз мақала", exact=True).count() == 1
