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

CHANGED = Story(
    title="Алматыда жаңа саябақ ашылды",
    lead="Саябаққа бес жүз ағаш отырғызылды.",
    heading="Қала тұрғындары көмектесті",
    texts={
        "ru": {
            "Алматыда жаңа саябақ ашылды": "В Алматы открыли новый парк",
            "Саябаққа бес жүз ағаш отырғызылды.": "В парке пятьсот деревьев.",
            "Қала тұрғындары көмектесті": "Помогали горожане",
        }
    },
)
NEW_LEAD, NEW_TRANSLATION = "Саябаққа мың ағаш отырғызылды.", "В парке тысяча деревьев."
NEW_HEADING = "Қала тұрғындары да көмектесті"


def translate_and_approve(log_in, story: Story, code: str) -> None:
    """Translate the story, hand it in and approve it, with users of the language."""
    translator, editor = log_in(f"translator-{code}"), log_in(f"editor-{code}")
    address = steps.open_segments(translator, story.title, LANGUAGES[code])
    steps.translate(translator, story.texts[code])
    steps.hand_in(translator)
    steps.approve(editor, address)


def finds(reader: Page, code: str, title: str) -> bool:
    """Return whether a reader's search in a language has the title among its hits."""
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


def test_a_changed_original_is_shown_and_cleared_by_a_new_translation(
    log_in, new_reader
):
    editor, reader = log_in("editor"), new_reader()
    translator, language_editor = log_in("translator-ru"), log_in("editor-ru")
    number = steps.write(editor, CHANGED)
    steps.publish(editor, number)
    steps.submit(editor, CHANGED.title, "Russian")
    address = steps.open_segments(translator, CHANGED.title, "Russian")
    steps.translate(translator, CHANGED.texts["ru"])
    steps.hand_in(translator)
    steps.approve(language_editor, address)
    steps.publish_translation(language_editor)
    assert finds(reader, "ru", CHANGED.texts["ru"][CHANGED.title])
    reader.get_by_role("link", name=CHANGED.texts["ru"][CHANGED.title]).click()
    expect(reader.locator("h1")).to_be_visible()
    expect(reader.get_by_role("note")).to_have_count(0)

    steps.publish(editor, number, lead=NEW_LEAD, heading=NEW_HEADING)
    reader.reload()
    expect(reader.get_by_role("note")).to_contain_text("Оригинал")
    expect(reader.locator("main")).to_contain_text(CHANGED.texts["ru"][CHANGED.lead])
    outdated = steps.cell(translator, CHANGED.title, "Russian")
    expect(outdated).to_contain_text(re.compile(r"Outdated.*2 changes", re.S))

    outdated.get_by_role("link").click()
    lead = translator.get_by_role("region", name="Change 1", exact=True)
    expect(lead.locator("del")).to_contain_text("бес жүз")
    expect(lead.locator("ins")).to_contain_text("мың")
    expect(lead).to_contain_text(CHANGED.texts["ru"][CHANGED.lead])
    heading = translator.get_by_role("region", name="Change 2", exact=True)
    expect(heading.locator("ins")).to_contain_text("да")
    expect(heading.locator("del")).to_have_count(0)
    lead.get_by_role("textbox").fill(NEW_TRANSLATION)
    lead.get_by_role("button", name="Save").click()
    steps.said(translator, "has been saved")
    heading.get_by_role("button", name="The old translation is still right").click()
    expect(heading.get_by_text("Translated", exact=True)).to_be_visible()
    translator.get_by_role("link", name="To all segments, to hand in").click()
    expect(steps.translation_field(translator, NEW_LEAD)).to_have_value(NEW_TRANSLATION)
    steps.hand_in(translator)
    expect(steps.cell(editor, CHANGED.title, "Russian")).to_contain_text("In review")

    steps.approve(language_editor, address)
    reader.reload()
    expect(reader.get_by_role("note")).to_be_visible()
    steps.publish_translation(language_editor)
    reader.reload()
    expect(reader.locator("main")).to_contain_text(NEW_TRANSLATION)
    expect(reader.get_by_role("note")).to_have_count(0)
    settled = steps.cell(editor, CHANGED.title, "Russian")
    expect(settled).to_contain_text("Live")
    expect(settled).not_to_contain_text("change")
