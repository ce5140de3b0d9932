"""The admin speaks Kazakh, and Russian, on every screen of a newsroom's day."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

# Everything on the screen that a person reads or hears, hidden menus and dialogs too.
# Keys and time zones have the same names everywhere.
COLLECT_TEXTS = """() => {
  const SKIPPED = "script, style, template, noscript, svg, code, kbd, iframe, "
    + "select[name$='time_zone'], body [lang='en']";
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest(SKIPPED))
      texts.push(walker.currentNode.data);
  for (const name of ["title", "placeholder", "aria-label", "alt",
                      "data-w-tooltip-content-value", "data-w-progress-active-value"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (!element.closest(SKIPPED)) texts.push(element.getAttribute(name));
  for (const element of document.querySelectorAll("input[type=submit]"))
    texts.push(element.value);
  return texts.map(text => text.trim()).filter(text => text);
}"""

# What is stored, not part of the interface, and where the screens are. One article is
# in moderation, so that those screens have something to show.
DESCRIBE_SITE = """
import json
from django.contrib.auth.models import Group, Permission, User
from newsroom.articles.models import (
    ArticlePage, Organisation, Person, Place, Topic,
)
from newsroom.translation.models import Concept, Term
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site, Task, Workflow
from wagtail_localize.models import String, StringTranslation, Translation
kazakh = ArticlePage.objects.filter(locale__language_code="kk").order_by("pk")
article, moderated = kazakh.first(), kazakh.last()
if not moderated.current_workflow_state:
    moderated.save_revision()
    Workflow.objects.first().start(moderated, User.objects.get(username="journalist"))
targets = Translation.objects.filter(
    target_locale__language_code="ru", enabled=True,
    source__specific_content_type__model="articlepage",
)
names = [
    (Page, "title"), (get_image_model(), "title"), (Group, "name"), (Task, "name"),
    (Workflow, "name"), (Person, "name"), (Person, "post"), (Organisation, "name"),
    (Organisation, "abbreviation"), (Place, "name"), (Topic, "name"),
    (Redirect, "old_path"), (String, "data"), (StringTranslation, "data"),
    (User, "username"), (Term, "text"), (Collection, "name"), (Site, "site_name"),
    (Permission, "name"),
]
content = {text for model, field in names
           for text in model.objects.values_list(field, flat=True) if text}
print(json.dumps({
    "content": sorted(content, key=len, reverse=True),
    "article": article.pk, "moderated": moderated.pk,
    "section": article.get_parent().pk, "home": article.get_parent().get_parent().pk,
    "translated": targets.first().get_target_instance().pk,
    "person": Person.objects.filter(locale__language_code="kk").first().pk,
    "concept": Concept.objects.first().pk,
    "image": get_image_model().objects.first().pk,
    "group": Group.objects.get(name="Journalists").pk,
    "workflow": Workflow.objects.first().pk,
    "user": User.objects.get(username="journalist").pk,
}))
"""

# Three Latin letters make a word; all capitals are a name or a format: URL, PNG.
WORD = re.compile(r"[A-Za-z][A-Za-z’']{2,}")
CAPITALS = re.compile(r"[A-Z]{3,}")
ADDRESS = re.compile(r"\S+@\S+|\S*://\S+|/\S+|\w+(?:[-_]\w+)+|\w*\.\w+")
NAMES = {"Wagtail", "JavaScript", "English"}
SITE_NAME = "News archive"
# What Wagtail and wagtail-localize write without gettext: no catalogue can change it.
# Two entries of the menu stay in the language of the first request after a start; how
# long ago something was is said by the browser, in the browser's language.
NEVER_TRANSLATED = re.compile(
    r"Actions|Search|Save Selected|True|False|None|Esc|Enter|.*\(None\)"
    r"|More actions|\S+ to \S+ translation|Page|Port|Site name|Root page|.*\bPort\b.*"
    r"|\d+ locales|Locale|Translation|Translations|What's new in Wagtail \S+"
    r"|.*\d (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December) \d{4}.*|.*\d\s(?:second|minute)s? ago.*"
)

DAILY_SCREENS = (
    "/admin/",
    "/admin/account/",
    "/admin/pages/{home}/",
    "/admin/pages/search/?q=Қызылорда",
    "/admin/pages/{section}/add_subpage/",
    "/admin/pages/{article}/edit/",
    "/admin/pages/{article}/history/",
    "/admin/pages/{article}/revisions/compare/earliest...latest/",
    "/admin/pages/{article}/usage/",
    "/admin/pages/{article}/copy/",
    "/admin/pages/{article}/move/",
    "/admin/pages/{article}/delete/",
    "/admin/pages/{article}/unpublish/",
    "/admin/pages/{moderated}/edit/",
    "/admin/pages/{moderated}/workflow_history/",
    "/admin/images/",
    "/admin/images/{image}/",
    "/admin/images/multiple/add/",
    "/admin/documents/",
    "/admin/documents/multiple/add/",
    "/admin/snippets/articles/person/",
    "/admin/snippets/articles/person/add/",
    "/admin/snippets/articles/person/edit/{person}/",
    "/admin/snippets/articles/person/history/{person}/",
    "/admin/snippets/newsroom_translation/concept/",
    "/admin/snippets/newsroom_translation/concept/edit/{concept}/",
    "/admin/localize/submit/page/{article}/",
    "/admin/pages/{translated}/edit/",
    "/admin/reports/locked/",
    "/admin/reports/workflow/",
    "/admin/reports/workflow_tasks/",
    "/admin/reports/site-history/",
    "/admin/reports/aging-pages/",
    "/admin/reports/page-types-usage/",
    "/admin/reports/archive-search/frequent/",
    "/admin/reports/archive-search/unanswered/",
)
ADMINISTRATORS_SCREENS = (
    "/admin/users/",
    "/admin/users/new/",
    "/admin/users/edit/{user}/",
    "/admin/groups/",
    "/admin/groups/edit/{group}/",
    "/admin/workflows/list/",
    "/admin/workflows/edit/{workflow}/",
    "/admin/workflows/tasks/index/",
    "/admin/collections/",
    "/admin/sites/",
    "/admin/locales/",
    "/admin/redirects/",
    "/admin/redirects/add/",
)


@pytest.fixture(scope="module")
def described(site) -> dict:
    return json.loads(site.manage("shell", "-v", "0", "-c", DESCRIBE_SITE))


@pytest.fixture
def speak(log_in) -> Callable[[str, str], Page]:
    """Return a function that logs in and sets the account's interface language."""

    def choose_language(username: str, code: str) -> Page:
        page = log_in(username)
        page.goto("/admin/account/")
        page.select_option("[name='locale-preferred_language']", code)
        # The form asks for a name and an address, which the demo's accounts lack.
        page.fill("[name='name_email-first_name']", username)
        page.fill("[name='name_email-last_name']", username)
        page.fill("[name='name_email-email']", f"{username}@example.com")
        page.locator("main form").first.evaluate("form => form.requestSubmit()")
        expect(page.locator("html")).to_have_attribute("lang", code)
        return page

    return choose_language


def is_cut_short(text: str, content: list[str]) -> bool:
    beginning = text.removesuffix("…")
    return text != beginning and any(it.startswith(beginning) for it in content)


def left_in_english(page: Page, content: list[str]) -> list[str]:
    """Return the texts on the screen that hold an English word of the interface."""
    left = []
    for text in dict.fromkeys(page.evaluate(COLLECT_TEXTS)):
        if NEVER_TRANSLATED.fullmatch(text) or is_cut_short(text, content):
            continue
        rest = text.replace(SITE_NAME, " ")
        for stored in content:
            rest = rest.replace(stored, " ")
        words = set(WORD.findall(ADDRESS.sub(" ", rest))) - NAMES
        if any(not CAPITALS.fullmatch(word) for word in words):
            left.append(text)
    return left


def read_screens(page: Page, paths: tuple[str, ...], described: dict) -> dict[str, str]:
    """Open each screen; return each English text that is left and its first screen."""
    left: dict[str, str] = {}
    for path in paths:
        address = path.format(**described)
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        page.wait_for_load_state("networkidle")
        for text in left_in_english(page, described["content"]):
            left.setdefault(text, address)
    return left


@pytest.mark.parametrize("code", ["kk", "ru"])
def test_no_english_is_left_on_an_editors_screens(speak, described, code):
    page = speak("editor", code)
    assert read_screens(page, DAILY_SCREENS, described) == {}


@pytest.mark.parametrize("code", ["kk", "ru"])
def test_no_english_is_left_on_an_administrators_screens(speak, described, code):
    page = speak("admin", code)
    assert read_screens(page, ADMINISTRATORS_SCREENS, described) == {}


def test_panels_blocks_and_choosers_of_the_page_editor_are_kazakh(speak, described):
    page = speak("editor", "kk")
    page.goto("/admin/pages/add/articles/articlepage/{section}/".format(**described))
    for toggle in page.locator("[data-side-panel-toggle]").all():
        toggle.click()
    page.locator(".c-sf-add-button").last.click()
    expect(page.get_by_role("option", name="Дәйексөз")).to_be_visible()
    assert left_in_english(page, described["content"]) == []

    page.keyboard.press("Escape")
    choose = page.get_by_role("button", name="Сурет таңдау", include_hidden=True)
    choose.first.evaluate("button => button.click()")
    expect(page.locator(".modal-content").get_by_role("tab").first).to_be_visible()
    assert left_in_english(page, described["content"]) == []


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/password_reset/"])
@pytest.mark.parametrize("code", ["kk", "ru"])
def test_who_has_not_logged_in_is_addressed_in_the_browsers_language(
    new_reader, described, code, path
):
    page = new_reader(locale=code)
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", code)
    assert left_in_english(page, described["content"]) == []


def test_english_that_is_left_is_noticed(log_in, described):
    page = log_in("journalist")
    assert "Pages" in left_in_english(page, described["content"])
