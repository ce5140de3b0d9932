"""A correction as an editor makes it and as readers see it.

At any width, in light and dark, without a script.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import findings
from tests.browser.steps import said

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")
CORRECTION = "Қабылданған алғашқы мәтінде мәжіліс орны дұрыс көрсетілмеген еді."
ADDED = "Бұл мәлімет кейін нақтыланды."
FIND_ARTICLE = (
    "from newsroom.articles.models import ArticlePage as A;"
    "a = A.objects.get(slug__startswith='qazaq-gazetine', locale__language_code='kk');"
    "print('article', a.pk, a.url)"
)


def edit_and_publish(page: Page, number: str) -> None:
    page.goto(f"/admin/pages/{number}/edit/")
    lead = page.locator("#id_lead")
    lead.fill(f"{lead.input_value()} {ADDED}")
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    said(page, "published")


def correct(page: Page, number: str) -> None:
    page.goto(f"/admin/corrections/{number}/")
    page.get_by_role("link", name="Add a correction").click()
    page.get_by_label("Text").fill(CORRECTION)
    page.get_by_role("button", name="Save").click()
    said(page, "Readers see it now")


def is_wider_than_the_screen(page: Page) -> bool:
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")


def test_a_correction_is_written_and_read(log_in, new_reader, site):
    found = re.search(r"article (\d+) (\S+)", site.manage("shell", "-c", FIND_ARTICLE))
    assert found
    number, address = found.groups()
    editor = log_in("editor")
    edit_and_publish(editor, number)
    correct(editor, number)

    reader = new_reader(java_script_enabled=False, locale="kk")
    reader.goto(address)
    reader.get_by_role("link", name=re.compile("Түзетілді")).click()
    expect(reader.locator("#corrections")).to_contain_text(CORRECTION)
    reader.locator("#corrections").get_by_role("link", name="Не өзгерді").click()
    expect(reader.locator(".change__text ins")).to_contain_text(ADDED)
    reader.get_by_role("link", name="Барлық нұсқалары").click()
    reader.get_by_role("link", name="1-нұсқа").click()
    expect(reader.locator(".version-notice")).to_contain_text(CORRECTION)
    expect(reader.locator("article")).not_to_contain_text(ADDED)

    pages = {
        "article": "",
        "list": "versions/",
        "version": "versions/1/",
        "changes": "versions/1/changes/",
    }
    for scheme in SCHEMES:
        for width in WIDTHS:
            window = new_reader(
                viewport={"width": width, "height": 900}, color_scheme=scheme
            )
            for name, below in pages.items():
                window.goto(f"{address}{below}")
                assert not is_wider_than_the_screen(window), (name, width)
                if pictures := os.environ.get("PICTURES"):
                    path = Path(pictures) / f"{name}-{width}-{scheme}.png"
                    window.screenshot(path=path, full_page=True)
                assert findings(window) == [], (name, width, scheme)
            window.context.close()
