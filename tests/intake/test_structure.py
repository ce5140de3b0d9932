"""Paragraphs of old texts become lists, quotations and people, without a lost word."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.articles.block_content import text_lines
from newsroom.articles.models import ArticlePage
from newsroom.demo import content
from newsroom.intake.structure import structured


def paragraphs(*lines: str) -> list[dict]:
    return [
        {"type": "paragraph", "value": f"<p>{html.escape(line, quote=False)}</p>"}
        for line in lines
    ]


def words(blocks: list[dict]) -> list[str]:
    """Return the words that the page shows, in order."""
    stream = ArticlePage._meta.get_field("body").stream_block
    lines = text_lines(stream, stream.to_python(blocks))
    return re.findall(r"\w+", " ".join(lines))


def test_the_seed_report_becomes_the_blocks_that_an_editor_made_of_it(shared):
    text = (shared / "data" / "jarialike-urban-forum-2025.kk.txt").read_text("utf-8")
    _title, _lead, *lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = structured(paragraphs(*lines))
    (report,) = [one for one in content.articles() if one.id == content.REPORT]
    made = [one["type"] for one in report.fields["body"]]
    assert words(found) == words(paragraphs(*lines))
    people = [one["value"]["people"] for one in found if one["type"] == "people_list"]
    expected = [
        one["value"]["people"]
        for one in report.fields["body"]
        if one["type"] == "people_list"
    ]
    facts = ("name", "post", "organisation")
    assert [[{k: p[k] for k in facts} for p in each] for each in people] == [
        [{k: p[k] for k in facts} for p in each] for each in expected
    ]
    kinds = [one["type"] for one in found]
    for kind in ("quote", "people_list"):
        assert kinds.count(kind) == made.count(kind), kind
    quotes = [one["value"] for one in found if one["type"] == "quote"]
    assert quotes[0]["said"] == "деп атап өтті"
    assert quotes[0]["speaker"] == "ұйымдастырушылар"


def test_lines_after_a_colon_are_a_list_with_an_introduction():
    found = structured(
        paragraphs("Форумның мақсаты:", "жол салу;", "су тарту.", "Форум бітті.")
    )
    assert [one["type"] for one in found] == ["list", "paragraph"]
    assert found[0]["value"] == {
        "heading": "",
        "introduction": "Форумның мақсаты:",
        "items": ["жол салу;", "су тарту."],
    }


def test_lines_of_one_paragraph_are_a_list_too():
    block = {
        "type": "paragraph",
        "value": "<p>Мақсаты:<br/>жол салу;<br/>су тарту.</p>",
    }
    (found,) = structured([block])
    assert found["type"] == "list"
    assert found["value"]["items"] == ["жол салу;", "су тарту."]


def test_a_list_in_markup_takes_its_introduction_in():
    value = {"heading": "", "introduction": "", "items": ["жол", "су"]}
    (found,) = structured([*paragraphs("Мақсаты:"), {"type": "list", "value": value}])
    assert found["value"] == {**value, "introduction": "Мақсаты:"}


@pytest.mark.parametrize(
    "lines",
    [
        ("Негізгі тақырып:", "«Қала болашағы»"),
        ("Ол былай деді:", "Біз келдік, көрдік. Енді кетеміз,", "Сау болыңыз."),
        ("Мақсаты:", "бірінші;"),
        ("Мақсаты:", "Ертең жаңбыр жауады.", "Күн суытады."),
        ("x" * 400 + ":", "бір;", "екі;"),
        ("Ән салды. — Кім?", "Асан,", "Үсен;"),
    ],
)
def test_what_may_be_something_else_stays(lines):
    assert structured(paragraphs(*lines)) == paragraphs(*lines)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (
            "«Су көбейді», — деді Асқар Маминов, министр.",
            ("Су көбейді", "деді", "Асқар Маминов", "министр"),
        ),
        (
            "«Воды стало больше», – отметила Айгуль Серикова.",
            ("Воды стало больше", "отметила", "Айгуль Серикова", ""),
        ),
        (
            "“We will open «Sary-Arka» in May”, — said the mayor.",
            ("We will open «Sary-Arka» in May", "said", "the mayor", ""),
        ),
        ("«Өсеміз!» — дейді ол.", ("Өсеміз!", "дейді", "ол", "")),
        (
            "«Қала өсті», - деп түйіндеді сөзін әкім.",
            ("Қала өсті", "деп түйіндеді", "сөзін әкім", ""),
        ),
    ],
)
def test_a_quotation_has_its_speaker(line, value):
    (found,) = structured(paragraphs(line))
    assert found["type"] == "quote"
    assert tuple(found["value"].values()) == value
    assert words([found]) == words(paragraphs(line))


@pytest.mark.parametrize(
    "line",
    [
        "«Бірлік» — спорт клубы.",
        "«Алтын адам» — қорғаннан табылған сақ жауынгері.",
        "«Су көбейді», — деді ол. «Енді егін өседі», — деп қосты ол.",
        "«Су көбейді», — деді министр. Ертең жиын болады.",
        "«Су", "", "«»", "«a», — ",
        "«Жер» мен «Су», — деді ол.",
    ],
)  # fmt: skip
def test_a_paragraph_that_begins_with_a_quotation_stays(line):
    assert structured(paragraphs(line)) == paragraphs(line)


@pytest.mark.parametrize(
    "items",
    [
        ["Астана Опера;", "Нұр Отан."],
        ["жол салу;", "су тарту."],
        ["министр Асқар Маминов,", "жол салу."],
        ["Қазақстан Республикасы;", "Өзбекстан Республикасы."],
    ],
)
def test_a_list_of_other_things_is_no_list_of_people(items):
    (found,) = structured(paragraphs("Тізім:", *items))
    assert found["type"] == "list"
    assert found["value"]["items"] == items


def test_a_bold_line_before_text_is_a_heading():
    bold = {"type": "paragraph", "value": "<p><b>Жаңа мектептер</b></p>"}
    sentence = {"type": "paragraph", "value": "<p><b>Мектеп ашылды.</b></p>"}
    text = paragraphs("Биыл отыз мектеп ашылды.")
    found = structured([bold, sentence, *text, bold])
    assert [one["type"] for one in found] == [
        "heading", "paragraph", "paragraph", "paragraph"
    ]  # fmt: skip


LINES = st.text("Аб «»“”—-,;:.()деп ді", max_size=40).map(str.strip).filter(bool)


@given(st.lists(LINES, max_size=6))
def test_no_word_is_lost_or_moved(lines):
    before = paragraphs(*lines)
    assert words(structured(before)) == words(before)
