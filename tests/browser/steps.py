"""Steps of journalists, translators and editors in the admin."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

HOME, SECTION = "Жаңалықтар мұрағаты", "Қоғам"


@dataclass(frozen=True)
class Story:
    """A Kazakh article of three segments, and what each becomes, by language."""

    title: str
    lead: str
    heading: str
    texts: dict[str, dict[str, str]]

    @property
    def segments(self) -> tuple[str, str, str]:
        return self.title, self.lead, self.heading


def await_path(page: Page, path: str) -> None:
    """Wait until the window has loaded the page with this path.

    The pattern ``**/admin/`` also matches the URL of a sign-in that leads to it.
    """
    page.wait_for_url(lambda url: urlsplit(url).path == path)


def insert_block(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile("Insert a block")).last.click()
    page.get_by_role("option", name=name, exact=True).click()


def field(page: Page, name: str) -> Locator:
    """Return the last block field of that name on the page."""
    return page.locator(f"[name^='body-'][name$='-{name}']").last


def start_article(page: Page, title: str, lead: str) -> None:
    """Begin an article in the Kazakh section, and leave its editor open."""
    page.goto("/admin/pages/1/")
    for name in (HOME, SECTION):
        link = re.compile(f"child pages of '{name}'")
        page.get_by_role("link", name=link).first.click()
    page.get_by_role("link", name="Add child page").first.click()
    page.fill("#id_title", title)
    page.fill("#id_lead", lead)


def await_autosave(page: Page) -> None:
    """Wait until Wagtail's editor saves in the background what is typed.

    Two seconds after its form was built, and again if it was built twice, the editor
    takes what the form holds for what is saved.
    """
    page.wait_for_function(
        """() => window.wagtail?.app?.controllers.find(
             ({ identifier }) => identifier === "w-unsaved")?.initialFormData"""
    )
    # A timer that is set now runs after all that were set before for as long.
    page.evaluate("new Promise((resolve) => setTimeout(resolve, 2000))")


def save_draft(page: Page) -> str:
    """Save a new article; return its number."""
    page.get_by_role("button", name="Save draft").click()
    # The address alone says nothing: a draft that was saved in the background has one.
    said(page, re.compile("created|updated"))
    return number_of(page)


def write(page: Page, story: Story) -> str:
    """Write the story as a draft; return its number."""
    start_article(page, story.title, story.lead)
    insert_block(page, "Heading")
    field(page, "value").fill(story.heading)
    return save_draft(page)


def number_of(page: Page) -> str:
    """Return the primary key of the page that is open in the editor."""
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    found = re.search(r"/pages/(\d+)/edit/", page.url)
    assert found
    return found[1]


def publish(page: Page, number: str, *, lead: str = "", heading: str = "") -> None:
    """Publish an article in the page editor, after filling in the given fields."""
    page.goto(f"/admin/pages/{number}/edit/")
    if lead:
        page.fill("#id_lead", lead)
    if heading:
        field(page, "value").fill(heading)
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    said(page, "published")


def publish_translation(page: Page) -> None:
    """Publish the translation whose segment page is open."""
    page.get_by_role("link", name="Pictures, preview, publishing").click()
    page.get_by_role("button", name=re.compile("Publish")).first.click()
    said(page, "ublished")


def said(page: Page, text: str | re.Pattern[str]) -> None:
    """Wait until the admin says *text*, and remove the message from the page.

    Otherwise the message of an earlier save would pass for that of the next.
    """
    message = page.locator(".messages li").filter(has_text=text).first
    expect(message).to_be_visible()
    message.evaluate("message => message.remove()")


def row(page: Page, title: str) -> Locator:
    """Open the desk, and return the row of the article of that title."""
    page.goto("/admin/translation-desk/")
    return page.locator(".desk tbody tr").filter(has_text=title)


def cell(page: Page, title: str, language: str) -> Locator:
    """Open the desk, and return what it says of an article in a language."""
    found = row(page, title)
    heads = page.locator(".desk thead th").all_inner_texts()
    return found.locator("td").nth([head.strip() for head in heads].index(language))


def submit(page: Page, title: str, *languages: str) -> None:
    """Submit an article into these languages, and wait for the worker."""
    row(page, title).get_by_role("checkbox").check()
    page.get_by_role("button", name="Submit for translation…").click()
    for language in languages:
        page.get_by_label(language).check()
    page.get_by_role("button", name="Submit for translation", exact=True).click()
    expect(page.locator(".job-head")).to_contain_text(
        re.compile(rf"Done\s+{len(languages)} of {len(languages)}")
    )


def open_segments(page: Page, title: str, language: str) -> str:
    """Open the segment page by the desk; return its address."""
    cell(page, title, language).get_by_role("link").click()
    page.wait_for_url("**/translation-desk/translation/*/")
    return page.url


def translation_field(page: Page, source: str) -> Locator:
    """Return the field of the segment with this source."""
    segment = page.locator(".segment", has=page.get_by_text(source, exact=True))
    return segment.get_by_label("Translation of segment")


def translate(page: Page, texts: dict[str, str]) -> None:
    """Write a translation for every source on the segment page, and save them all."""
    for source, text in texts.items():
        translation_field(page, source).fill(text)
    page.get_by_role("button", name="Save all").click()
    said(page, "saved")


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Hand in").click()
    said(page, "handed in")


def approve(page: Page, address: str) -> None:
    """Approve what is in review on the segment page at *address*."""
    page.goto(address)
    page.get_by_role("button", name="Approve", exact=True).click()
    said(page, "approved")


def plan_release(page: Page) -> None:
    """Plan to release the article that is open in the editor in all its languages."""
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Release together").click()
    page.get_by_role("button", name="Release together").click()
    page.wait_for_url("**/translation-desk/releases/*/")


def publish_release(page: Page) -> None:
    page.get_by_role("button", name="Publish now, together").click()


def standing(page: Page, language: str) -> Locator:
    """Return what the page of a release says of a language."""
    return page.locator("tr", has=page.get_by_text(language, exact=True)).last
