"""The translation desk, as journalists, translators, editors and readers meet it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.steps import Story

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

LANGUAGES = {"ru": "Russian", "en": "English"}
TOGETHER = Story(
    title="Жайықта жаңа көпір ашылды",
    lead="Көпір қаланың екі жағалауын қосты.",
    heading="Құрылыс үш жылға созылды",
    texts={
        "ru": {
            "Жайықта жаңа көпір ашылды": "На Урале открыли новый мост",
            "Көпір қаланың екі жағалауын қосты.": "Мост соединил два берега города.",
            "Құрылыс үш жылға созылды": "Строили три года",
        },
        "en": {
            "Жайықта жаңа көпір ашылды": "A new bridge opens on the Ural",
            "Көпір қаланың екі жағалауын қосты.": "It joins both banks of the city.",
            "Құрылыс үш жылға созылды": "Three years in the building",
        },
    },
)


def translate_and_approve(log_in, story: Story, code: str) -> None:
    """Have the story translated, handed in and approved, by those of the language."""
    translator, editor = log_in(f"translator-{code}"), log_in(f"editor-{code}")
    address = steps.open_segments(translator, story.title, LANGUAGES[code])
    steps.translate(translator, story.texts[code])
    steps.hand_in(translator)
    steps.approve(editor, address)


def finds(reader: Page, code: str, title: str) -> bool:
    """Whether the reader's search in a language has the title among its hits."""
    reader.goto(f"/{code}/search/?q={title}")
    return reader.get_by_role("link", name=title, exact=True).count() > 0


def test_three_languages_are_handed_in_approved_and_published_at_once(
    log_in, new_reader
):
    journalist, editor, reader = log_in("journalist"), log_in("editor"), new_reader()
    titles = {"kk": TOGETHER.title} | {
        code: texts[TOGETHER.title] for code, texts in TOGETHER.texts.items()
    }
    number = steps.write(journalist, TOGETHER)
    steps.submit(journalist, TOGETHER.title, *LANGUAGES.values())

    editor.goto(f"/admin/pages/{number}/edit/")
    steps.plan_release(editor)
    steps.publish_release(editor)
    steps.said(editor, "Nothing was published.")
    translate_and_approve(log_in, TOGETHER, "ru")
    editor.reload()
    expect(steps.standing(editor, "Russian")).to_contain_text("Ready")
    expect(steps.standing(editor, "English")).to_contain_text("3 segments")
    translate_and_approve(log_in, TOGETHER, "en")
    assert not any(finds(reader, code, title) for code, title in titles.items())

    editor.reload()
    for language in ("Kazakh", "Russian", "English"):
        expect(steps.standing(editor, language)).to_have_text(re.compile(r"\bReady"))
    steps.publish_release(editor)
    steps.said(editor, "3 versions have been published together.")
    assert all(finds(reader, code, title) for code, title in titles.items())
    reader.get_by_role("link", name=titles["en"], exact=True).click()
    for name, code in (("Русский", "ru"), ("Қазақша", "kk")):
        reader.get_by_role("link", name=name).first.click()
        expect(reader.locator("h1")).to_have_text(titles[code])
        heading = TOGETHER.texts.get(code, {}).get(TOGETHER.heading, TOGETHER.heading)
        expect(reader.locator("main")).to_contain_text(heading)
    for language in LANGUAGES.values():
        desk = steps.cell(editor, TOGETHER.title, language)
        expect(desk).to_contain_text("Live")
