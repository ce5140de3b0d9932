"""Reports about a paste, and its text in fields with paragraphs only."""

import json
import re
from pathlib import Path

import pytest

from newsroom.sanitising.elements import ELEMENT_ROLES
from newsroom.sanitising.paragraph_splitting import split_into_paragraphs
from newsroom.sanitising.reports import MAX_SAMPLES, MAX_WORDS
from newsroom.sanitising.splitting import split

CLIPBOARD = Path(__file__).parent / "clipboard"
DOCUMENT = Path(__file__).parents[2] / "docs/pasting.md"


def test_the_first_words_of_what_was_left_out_are_kept_within_bounds():
    samples = split(
        '<img src="a.png" alt="Метро бекеті"><p>бұл <s>өшірілген</s></p>'
        "<video>Ойнатқыш <b>жоқ</b></video><h2>Жаңа <a href='https://a.kz'>сілтеме</a>"
        "</h2><ol><li>бір</li></ol><iframe src='x' title='Карта'></iframe>"
        "<table><tr><td colspan=2>бірге</td></tr><tr><td>а</td><td>ә</td></tr></table>"
    ).reports.samples
    assert samples == {
        "picture": ["Метро бекеті"],
        "strike": ["өшірілген"],
        "embedded": ["Ойнатқыш жоқ", "Карта"],
        "emphasis": ["Жаңа сілтеме"],
        "list": ["бір"],
        "cell": ["бірге"],
    }
    many = "".join(f"<p><s>{number}{'ұ' * 500}</s></p>" for number in range(50))
    found = split(many).reports
    assert found.counts["strike"] == 50
    assert [len(one) for one in found.samples["strike"]] == [MAX_WORDS] * MAX_SAMPLES


def test_an_element_that_is_never_closed_has_its_words_reported():
    found = split("<p>а</p><object>ойнатқыш")
    assert found.reports.samples == {"embedded": ["ойнатқыш"]}


PARAGRAPHS = [
    ("<p>5 км<sup>2</sup> <b>қалың</b></p>", "<p>5 км<sup>2</sup> <b>қалың</b></p>"),
    (
        "<h2>Жаңа <i>метро</i></h2><p>Ашылды.</p>",
        "<p>Жаңа <i>метро</i></p><p>Ашылды.</p>",
    ),
    ("<ul><li>бір</li><li><b>екі</b></li></ul>", "<p>бір</p><p><b>екі</b></p>"),
    ("<blockquote><p>а</p><p>ә</p></blockquote>", "<p>а</p><p>ә</p>"),
    (
        "<table><tr><td><p>а</p></td><td><b>ә</b></td></tr><tr><td>б</td></tr></table>",
        "<p>а | <b>ә</b></p><p>б</p>",
    ),
    (
        "<p class=MsoListParagraph>бір</p><p class=MsoListParagraph>екі</p>",
        "<p>бір</p><p>екі</p>",
    ),
    ("<aside><h4>Дерек</h4><p>13 км.</p></aside>", "<p>Дерек</p><p>13 км.</p>"),
]


@pytest.mark.parametrize(("markup", "text"), PARAGRAPHS)
def test_a_field_of_paragraphs_keeps_inline_elements_and_reports_the_rest(markup, text):
    found = split_into_paragraphs(markup)
    assert found.blocks == [{"type": "paragraph", "value": text}]
    expected = {} if markup.startswith("<p>") else {"structure": 1}
    assert dict(found.reports.counts) == expected


@pytest.mark.parametrize(
    "name", ["word", "google_docs", "libreoffice", "telegram", "news_page"]
)
def test_a_field_of_paragraphs_loses_no_words_that_blocks_keep(name):
    markup = (CLIPBOARD / f"{name}.html").read_text(encoding="utf-8")
    (block,) = split_into_paragraphs(markup).blocks
    whole = re.sub(r"<[^<>]*>", " ", block["value"])
    for one in split(markup).blocks:
        text = re.sub(
            r"<[^<>]*>|\\n", " ", json.dumps(one["value"], ensure_ascii=False)
        )
        for word in re.findall(r"[^\W\d_]{4,}", text):
            # The keys of a block's value are English.
            assert word in whole or word.isascii()


def test_a_video_becomes_a_link_in_a_field_of_paragraphs():
    markup = '<iframe src="https://a.kz/v" title="Бейне"></iframe>'
    (block,) = split_into_paragraphs(markup).blocks
    assert block["value"] == '<p><a href="https://a.kz/v">Бейне</a></p>'


def test_the_document_on_pasting_names_every_element_with_what_becomes_of_it():
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", DOCUMENT.read_text(), re.M)
    named = {
        tag: becomes
        for elements, becomes in rows
        for tag in re.findall(r"`([a-z0-9]+)`", elements)
    }
    assert set(named) == set(ELEMENT_ROLES)
    for tag, role in ELEMENT_ROLES.items():
        same = {other for other, one in ELEMENT_ROLES.items() if one is role}
        assert {named[other] for other in same} == {named[tag]}
