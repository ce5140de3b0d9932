"""Journalists and editors read every screen of the admin in Kazakh, or in Russian."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import admin_scripts
from tests.browser.accessibility import findings
from tests.browser.admin_words import (
    CONTENT,
    EnglishFinder,
    screens,
    texts_of,
    texts_of_dialog,
)
from tests.browser.steps import await_path

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

# What is no screen, and actions on a choice of things, which is empty here.
SKIPPED = re.compile(r"/(logout|bulk|export|preview)/")
EDITOR = """
from django.contrib.auth.models import Group, User
from wagtail.users.models import UserProfile
user = User.objects.create_user("{name}", "{name}@example.org", "{name}-demo")
user.groups.add(Group.objects.get(name="News editors"))
UserProfile.objects.create(user=user, preferred_language="{code}")
"""
IDS = """
import json
from newsroom.articles.models import ArticlePage
from newsroom.demo import content
from wagtail.images import get_image_model
from wagtail_localize.models import Translation
key = content.identifier("article", content.REPORT)
report = ArticlePage.objects.get(translation_key=key, locale__language_code="kk")
translation = Translation.objects.get(
    source__object_id=report.translation_key, target_locale__language_code="ru"
)
print(json.dumps({
    "article": report.pk,
    "section": report.get_parent().pk,
    "translation": translation.pk,
    "translated": translation.get_target_instance().pk,
    "picture": get_image_model().objects.first().pk,
}))
"""
# Screens that links lead to only from some pages, or from a choice of rows.
FURTHER = (
    "/admin/pages/{article}/edit/",
    "/admin/pages/{article}/history/",
    "/admin/pages/search/?q=форум",
    "/admin/pages/search/?q=йййъъъ",
    "/admin/pages/{article}/copy/",
    "/admin/pages/{article}/move/",
    "/admin/pages/{article}/delete/",
    "/admin/pages/{article}/unpublish/",
    "/admin/pages/{translated}/edit/",
    "/admin/localize/submit/page/{article}/",
    "/admin/localize/update/1/",
    "/admin/translation-desk/translation/{translation}/",
    "/admin/translation-desk/changes/{translation}/",
    "/admin/translation-desk/submit/?article={article}",
    "/admin/translation-desk/assign/?article={article}",
    "/admin/translation-desk/releases/new/{article}/",
    "/admin/documents/multiple/add/",
    "/admin/bulk/wagtailcore/page/publish/?id={article}&next=/admin/",
    "/admin/bulk/wagtailcore/page/unpublish/?id={article}&next=/admin/",
    "/admin/bulk/wagtailcore/page/move/?id={article}&next=/admin/",
    "/admin/bulk/wagtailcore/page/delete/?id={article}&next=/admin/",
    "/admin/bulk/wagtailimages/image/add_tags/?id={picture}&next=/admin/",
    "/admin/bulk/wagtailimages/image/delete/?id={picture}&next=/admin/",
)
DIALOGS = (
    "/admin/pages/{article}/privacy/",
    "/admin/choose-page/",
    "/admin/choose-page/?allow_external_link=true&allow_email_link=true"
    "&allow_phone_link=true&allow_anchor_link=true",
    "/admin/choose-external-link/",
    "/admin/choose-email-link/",
    "/admin/choose-phone-link/",
    "/admin/choose-anchor-link/",
    "/admin/images/chooser/",
    "/admin/images/chooser/?multiple=1",
    "/admin/images/chooser/{picture}/select_format/",
    "/admin/documents/chooser/",
    "/admin/embeds/chooser/",
)
# What scripts show, by functions of admin_scripts.
LATER = ("table_menu", "toolbar", "link_dialog", "link_menu", "comment", "shortcuts")
# Lists and reports, the widest screens.
WIDE = (
    "/admin/pages/{section}/",
    "/admin/translation-desk/",
    "/admin/translation-desk/translation/{translation}/",
    "/admin/snippets/newsroom_translation/concept/",
    "/admin/reports/site-history/",
    "/admin/localize/reports/translations/",
)
# Buttons and labels whose words do not fit into them.
CUT_LABELS = """
() => [...document.querySelectorAll("button, a.button, label, th")]
  .filter((one) => one.checkVisibility() && one.clientWidth > 40)
  .filter((one) => getComputedStyle(one).overflowX !== "visible")
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.innerText.trim())
  .filter(Boolean)
"""


@pytest.fixture(scope="module")
def ids(site) -> dict[str, int]:
    return json.loads(site.manage("shell", "-v0", "-c", IDS))


@pytest.fixture(scope="module")
def content(site, editors) -> list[dict[str, Any]]:
    return json.loads(site.manage("dumpdata", *CONTENT))


@pytest.fixture
def english(content) -> EnglishFinder:
    return EnglishFinder(content)


@pytest.fixture(scope="module")
def editors(site) -> dict[str, str]:
    """An editor for each language of the admin, by its code."""
    names = {code: f"news-editor-{code}" for code in ("kk", "ru")}
    for code, name in names.items():
        site.manage("shell", "-v0", "-c", EDITOR.format(name=name, code=code))
    return names


@pytest.fixture
def open_admin(new_reader, editors):
    """Return a function that opens the admin in a language."""

    def log_in(code: str, **options) -> Page:
        page = new_reader(locale=code, **options)
        page.goto("/admin/login/")
        page.fill("#id_username", editors[code])
        page.fill("#id_password", f"{editors[code]}-demo")
        page.click("button[type=submit]")
        await_path(page, "/admin/")
        return page

    return log_in


@pytest.mark.long(code=(["kk"], ["kk", "ru"]))
def test_no_screen_has_english_words(open_admin, new_reader, english, ids, code):
    stranger = new_reader(locale=code)
    for address in ("/admin/login/", "/admin/password_reset/"):
        stranger.goto(address)
        english.look(address, texts_of(stranger))
    page, count = open_admin(code), 0
    for address in screens(page, "/admin/", SKIPPED):
        english.look(address, texts_of(page))
        count += 1
    assert count > 60
    for address in FURTHER:
        answer = page.goto(address.format(**ids))
        assert answer, address
        assert answer.ok, address
        english.look(address, texts_of(page))
    assert english.found == {}


@pytest.mark.long(code=(["kk"], ["kk", "ru"]))
def test_no_dialog_has_english_words(open_admin, english, ids, code):
    page = open_admin(code)
    for address in DIALOGS:
        address = address.format(**ids)
        english.look(address, texts_of_dialog(page, address))
    assert english.found == {}


@pytest.mark.long(code=(["kk"], ["kk", "ru"]))
def test_the_page_editor_has_no_english_words(open_admin, english, ids, code):
    page = open_admin(code)
    page.goto(f"/admin/pages/add/articles/articlepage/{ids['section']}/")
    for toggle in page.locator("[data-side-panel-toggle]").all():
        toggle.click()
        english.look("side panel", texts_of(page))
    for button in page.locator(".c-sf-add-button").all():
        button.click()
        english.look("blocks", texts_of(page))
        page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("Жобаны сақтау|Сохранить")).click()
    expect(page.locator(".messages")).to_be_visible()
    english.look("errors", texts_of(page))
    assert english.found == {}


@pytest.mark.long(code=(["kk"], ["kk", "ru"]))
def test_no_text_added_by_scripts_is_english(open_admin, english, ids, code):
    page = open_admin(code)
    page.goto(f"/admin/pages/add/articles/articlepage/{ids['section']}/")
    said = set()
    for name in LATER:
        for text in getattr(admin_scripts, name)(page):
            english.look(name, texts_of(page))
            said.add(text)
    assert english.found == {}
    expected = {"kk": "Алып тастау", "ru": "Убрать"}[code]  # a link
    assert expected in said
    assert re.search(r"\b\d\d\.\d\d\.\d{4}, \d\d:\d\d\b", " ".join(said))


@pytest.mark.long(code=(["kk"], ["kk", "ru"]))
def test_opened_choosers_have_no_english_words(open_admin, english, ids, code):
    page = open_admin(code)
    page.goto(f"/admin/pages/add/articles/articlepage/{ids['section']}/")
    opened = set()
    for label in admin_scripts.choosers(page):
        english.look(label, texts_of(page))
        opened.add(label)
    assert len(opened) >= 16  # people, topics, organisations, places, pictures
    assert english.found == {}


@pytest.mark.parametrize("width", [390, 1440])
def test_kazakh_words_fit_on_the_screen(open_admin, ids, width):
    page = open_admin("kk", viewport={"width": width, "height": 900})
    for address in ("/admin/", *WIDE, *FURTHER[:6]):
        page.goto(address.format(**ids))
        overflow = page.evaluate("document.documentElement.scrollWidth")
        assert overflow <= width, address
        assert page.evaluate(CUT_LABELS) == [], address


def test_kazakh_words_fit_on_the_screen_before_sign_in(new_reader):
    page = new_reader(locale="kk", viewport={"width": 360, "height": 800})
    for address in ("/admin/login/", "/admin/password_reset/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
        assert page.evaluate(CUT_LABELS) == [], address
        assert findings(page) == [], address
