"""Typed text is restored after the session ended or the token became stale."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

PARAGRAPHS = 10
BEGIN = f"""
import json, uuid
from django.contrib.sessions.models import Session
from wagtail.models import Locale
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object
from newsroom.articles.models import ArticlePage, SectionPage
section = SectionPage.objects.filter(locale__language_code="kk").first()
body = [
    {{"type": "heading", "value": f"Тақырып {{n}}", "id": str(uuid.uuid4())}}
    for n in range({PARAGRAPHS})
]
page = section.add_child(instance=ArticlePage(
    title="Мәтін жоғалмайды %(name)s", slug="kept-%(name)s", lead="Бар.",
    body=json.dumps(body), locale=section.locale,
))
page.save_revision().publish()
translate_object(page, [Locale.objects.get(language_code="ru")])
print(page.pk, Translation.objects.get(source__object_id=page.translation_key).pk)
"""
END_SESSIONS = """
from django.contrib.sessions.models import Session
Session.objects.all().delete()
"""
SAVE = """
from wagtail_localize.models import Translation
from newsroom.translation.segments import save_segment, segments_of
translation = Translation.objects.get(pk=%(pk)s)
one = next(s for s in segments_of(translation) if s.source == "Тақырып 0")
save_segment(translation, one.context, one.string, "Текст коллеги", user=None)
"""
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('kept-text:')).length"


@pytest.fixture
def begin(site):
    """Return a function that makes an article of ten headings, begun in Russian.

    The function returns the primary keys of the page and of its translation.
    """

    def make(name: str) -> tuple[str, str]:
        page, translation = site.manage("shell", "-c", BEGIN % {"name": name}).split()[
            -2:
        ]
        return page, translation

    return make


def segments(page: Page, translation: str) -> None:
    page.goto(f"/admin/translation-desk/translation/{translation}/")


def field(page: Page, number: int):
    return steps.translation_field(page, f"Тақырып {number}")


def type_all(page: Page) -> None:
    for number in range(PARAGRAPHS):
        field(page, number).fill(f"Заголовок {number}")


def expect_all(page: Page) -> None:
    for number in range(PARAGRAPHS):
        expect(field(page, number)).to_have_value(f"Заголовок {number}")


def sign_in(page: Page, username: str) -> None:
    page.fill("#id_username", username)
    page.fill("#id_password", f"{username}-demo")
    page.click("button[type=submit]")


def test_ten_fields_typed_when_the_session_has_ended_are_there_and_saved(
    site, log_in, begin
):
    _page, translation = begin("session")
    translator = log_in("translator-ru")
    segments(translator, translation)
    type_all(translator)
    site.manage("shell", "-c", END_SESSIONS)
    translator.get_by_role("button", name="Save all").click()
    translator.wait_for_url("**/admin/login/**")
    expect(translator.locator("[data-kept-hint]")).to_contain_text("is kept")
    # Another user of the same computer is shown nothing of it.
    sign_in(translator, "editor-ru")
    steps.await_path(translator, f"/admin/translation-desk/translation/{translation}/")
    expect(translator.locator("[data-kept-notice]")).to_have_count(0)
    expect(field(translator, 3)).to_have_value("")
    site.manage("shell", "-c", END_SESSIONS)
    segments(translator, translation)
    sign_in(translator, "translator-ru")
    steps.await_path(translator, f"/admin/translation-desk/translation/{translation}/")
    expect(translator.locator("[data-kept-notice]")).to_contain_text("was not saved")
    expect_all(translator)
    translator.get_by_role("button", name="Save all").click()
    steps.said(translator, "10 segments have been saved.")
    expect_all(translator)
    expect(translator.locator("[data-kept-notice]")).to_have_count(0)
    assert translator.evaluate(KEPT) == 0


def test_a_deleted_csrf_cookie_loses_no_text(log_in, begin):
    _page, translation = begin("csrf")
    translator = log_in("translator-ru")
    segments(translator, translation)
    type_all(translator)
    translator.context.clear_cookies(name="csrftoken")
    translator.get_by_role("button", name="Save all").click()
    expect(translator.locator("h1")).to_have_text("The form could not be sent")
    expect(translator.locator("[data-kept-hint]")).to_be_visible()
    translator.get_by_role("link", name="Back to the form").click()
    expect_all(translator)
    translator.get_by_role("button", name="Save all").click()
    steps.said(translator, "10 segments have been saved.")


def test_kept_text_never_replaces_what_a_colleague_saved(site, log_in, begin):
    _page, translation = begin("colleague")
    translator = log_in("translator-ru")
    segments(translator, translation)
    type_all(translator)
    site.manage("shell", "-c", SAVE % {"pk": translation})
    translator.on("dialog", lambda dialog: dialog.accept())
    segments(translator, translation)  # as after a crash: nothing was sent
    expect(field(translator, 0)).to_have_value("Текст коллеги")
    expect(field(translator, 1)).to_have_value("Заголовок 1")
    note = translator.locator("[data-kept-notice]", has_text="You had typed")
    expect(note).to_contain_text("Заголовок 0")
    note.get_by_role("button", name="Use my text").click()
    expect(field(translator, 0)).to_have_value("Заголовок 0")
    translator.get_by_role("button", name="Save all").click()
    steps.said(translator, "10 segments have been saved.")
    expect_all(translator)
    # Logging out leaves nothing behind.
    field(translator, 2).fill("Не сохранено")
    assert translator.evaluate(KEPT) == 1
    translator.evaluate(
        "document.querySelector('form[action*=\"/logout/\"]').requestSubmit()"
    )
    steps.await_path(translator, "/admin/login/")
    assert translator.evaluate(KEPT) == 0


def test_an_article_typed_when_the_session_has_ended_is_offered_and_saved(
    site, log_in, begin
):
    number, _translation = begin("article")
    editor = log_in("editor-kk")
    editor.goto(f"/admin/pages/{number}/edit/")
    expect(editor.locator("#id_lead")).to_have_value("Бар.")
    site.manage("shell", "-c", END_SESSIONS)
    editor.fill("#id_lead", "Сессия біткен соң жазылды.")
    steps.field(editor, "value").fill("Соңғы тақырып")
    editor.get_by_role("button", name="Save draft").first.click()
    editor.wait_for_url("**/admin/login/**")
    sign_in(editor, "editor-kk")
    editor.wait_for_url(re.compile(rf"/pages/{number}/edit/"))
    expect(editor.locator("#id_lead")).to_have_value("Бар.")
    editor.get_by_role("button", name="Restore and save as a draft").click()
    expect(editor.locator("#id_lead")).to_have_value("Сессия біткен соң жазылды.")
    expect(steps.field(editor, "value")).to_have_value("Соңғы тақырып")
    expect(editor.locator("[data-kept-notice]")).to_have_count(0)
    assert editor.evaluate(KEPT) == 0
