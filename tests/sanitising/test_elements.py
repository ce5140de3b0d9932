"""Headings, lists and emphasis are recognised as written by different programs."""

import pytest

from newsroom.sanitising.elements import (
    ElementRole,
    declarations,
    emphasis,
    is_struck,
    role_of,
)
from newsroom.sanitising.splitting import split


def text_of(markup: str) -> str:
    """Return the only paragraph that *markup* becomes, without its own tags."""
    (block,) = split(markup).blocks
    assert block["type"] == "paragraph"
    return str(block["value"]).removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        # Word: paragraphs with a class
        ("<p class=MsoNormal>", "paragraph"),
        ("<p class=MsoTitle>", "heading"),
        ("<p class='MsoSubtitle'>", "heading"),
        ("<p class=MsoHeading7>", "heading"),
        ("<p class='west MsoHeading1'>", "heading"),
        ("<p class=NotMsoTitle>", "paragraph"),
        ("<p class=MsoTitlePage>", "paragraph"),
        ("<p style='margin:0;mso-outline-level:2'>", "heading"),
        ("<p style='MSO-OUTLINE-LEVEL: 1'>", "heading"),
        ("<p class=MsoListParagraph>", "list"),
        ("<p class=MsoListParagraphCxSpMiddle>", "list"),
        ("<p style='mso-list:l0 level1 lfo1'>", "list"),
        ("<p class=MsoNormal style='mso-list:none'>", "paragraph"),
        ("<p class=MsoQuote>", "quote"),
        ("<p class=MsoIntenseQuote>", "quote"),
        ("<p class=MsoQuoteList>", "paragraph"),
        # a list of headings is a list, as Word shows it
        ("<p class=MsoListParagraph style='mso-outline-level:2'>", "list"),
        # the class of an element that is no paragraph means nothing
        ("<div class=MsoTitle>", "paragraph"),
        ("<div style='mso-list:l0 level1 lfo1'>", "paragraph"),
        # web pages
        ("<div role=heading aria-level=2>", "heading"),
        ("<p role=heading>", "heading"),
        ("<p role=note>", "paragraph"),
        ("<h6>", "heading"),
        ("<blockquote>", "quote"),
        ("<pre>", "paragraph"),
        ("<dd>", "paragraph"),
        ("<unknown>", "paragraph"),
    ],
)
def test_a_paragraph_becomes_the_block_that_its_program_shows(markup, kind):
    (block,) = split(f"{markup}Мәтін").blocks
    assert block["type"] == kind
    assert "Мәтін" in str(block["value"])


def test_an_element_without_a_meaning_of_its_own_has_no_role():
    assert role_of("span", {}, {}) is None
    assert role_of("p", {"class": ""}, {}) is ElementRole.PARAGRAPH
    assert role_of("script", {}, {}) is ElementRole.SILENT


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<b>а</b>", "<b>а</b>"),
        ("<strong>а</strong>", "<b>а</b>"),
        ("<i>а</i>", "<i>а</i>"),
        ("<em>а</em>", "<i>а</i>"),
        ("<sub>а</sub>", "<sub>а</sub>"),
        ("<sup>а</sup>", "<sup>а</sup>"),
        ("<bdi>а</bdi>", "<bdi>а</bdi>"),
        ("<u>а</u>", "а"),
        ("<span>а</span>", "а"),
        # Google Docs wraps the document in a <b> that is not bold
        ("<b style='font-weight:normal'><span>а</span></b>", "а"),
        ("<b style='font-weight:normal'><b>а</b></b>", "<b>а</b>"),
        ("<b><span style='font-weight:400'>а</span></b>", "а"),
        ("<span style='font-weight:bold'>а</span>", "<b>а</b>"),
        ("<span style='font-weight:bolder'>а</span>", "<b>а</b>"),
        ("<span style='font-weight:600'>а</span>", "<b>а</b>"),
        ("<span style='font-weight:700'>а</span>", "<b>а</b>"),
        ("<span style='font-weight:500'>а</span>", "а"),
        ("<span style='font-weight:lighter'>а</span>", "а"),
        ("<span style='FONT-WEIGHT: BOLD'>а</span>", "<b>а</b>"),
        ("<i style='font-style:normal'>а</i>", "а"),
        ("<span style='font-style:italic'>а</span>", "<i>а</i>"),
        ("<span style='font-style : oblique ; color:red'>а</span>", "<i>а</i>"),
        ("<b><i>а</i></b>", "<b><i>а</i></b>"),
    ],
)
def test_emphasis_is_that_of_the_nearest_element_and_style(markup, text):
    assert text_of(f"<p>{markup}</p>") == text


@pytest.mark.parametrize(
    ("style", "tag"),
    [
        ("vertical-align:super", "sup"),
        ("vertical-align:sub", "sub"),
        ("vertical-align:baseline", ""),
        ("vertical-align:middle", ""),
        ("vertical-align:text-top", ""),
        ("vertical-align:30%", "sup"),
        ("vertical-align:-20%", "sub"),
        ("vertical-align:2px", "sup"),
        ("vertical-align:-2pt", "sub"),
        ("vertical-align:0.4em", "sup"),
        ("vertical-align:.4em", "sup"),
        ("vertical-align:-0.4em", "sub"),
        ("vertical-align:0", ""),
        ("vertical-align:0px", ""),
        ("vertical-align:-0.0em", ""),
        ("mso-text-raise:5.0pt", "sup"),
        ("mso-text-raise:-5.0pt", "sub"),
        ("mso-text-raise:0pt", ""),
        ("mso-text-raise:3pt;vertical-align:baseline", "sup"),
        ("mso-text-raise:3pt;vertical-align:sub", "sub"),
        ("mso-text-raise:-3pt;vertical-align:30%", "sub"),
        ("color:red", ""),
    ],
)
def test_text_is_raised_or_lowered_by_any_style_that_shifts_it(style, tag):
    text = text_of(f"<p>км<span style='{style}'>2</span></p>")
    assert text == (f"км<{tag}>2</{tag}>" if tag else "км2")
    assert emphasis("span", declarations(style)) == ({tag: True} if tag else {})


@pytest.mark.parametrize(
    "markup",
    [
        "<s>қате</s>",
        "<strike>қате</strike>",
        "<del>қате</del>",
        "<span style='text-decoration:line-through'>қате</span>",
        "<span style='text-decoration:underline line-through red'>қате</span>",
        "<span style='text-decoration-line:LINE-THROUGH'>қате</span>",
        "<u style='text-decoration:none;text-decoration-line:line-through'>қате</font>",
    ],
)
def test_struck_text_is_reported_and_its_words_are_kept(markup):
    found = split(f"<p>Мәтін {markup}</p>")
    assert dict(found.reports.counts) == {"strike": 1}
    assert "қате" in str(found.blocks)


@pytest.mark.parametrize(
    "markup",
    ["<u>а</u>", "<ins>а</ins>", "<span style='text-decoration:underline'>а</span>"],
)
def test_other_text_decorations_are_not_read_as_struck_text(markup):
    assert dict(split(f"<p>Мәтін {markup}</p>").reports.counts) == {}


def test_struck_is_known_from_the_tag_or_the_style_alone():
    assert is_struck("s", {})
    assert is_struck("span", {"text-decoration-line": "line-through"})
    assert not is_struck("span", {"color": "line-through"})
    assert not is_struck("span", {})


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("", {}),
        (";;", {}),
        ("color", {}),
        ("Color: Red", {"color": "red"}),
        (" mso-list : l0 level1 ; ", {"mso-list": "l0 level1"}),
        ("color:red;color:blue", {"color": "blue"}),
        ("color:;width:1px", {"color": "", "width": "1px"}),
        ("background:url(a:b)", {"background": "url(a:b)"}),
        ("a: b\n ;\n c-d:\te", {"a": "b", "c-d": "e"}),
    ],
)
def test_declarations_are_read_in_lower_case_and_the_last_one_holds(style, found):
    assert declarations(style) == found
