"""HTML made to be slow is rewritten before it is parsed, without loss of text."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsroom.sanitising import canonical as module
from newsroom.sanitising import cleaning
from newsroom.sanitising.canonical import MAX_ADDRESS, MAX_TAGS, canonical
from newsroom.sanitising.cleaning import clean_html, clean_link, clean_segment
from newsroom.sanitising.splitting import split
from tests.steps import calls_of

SHAPES = {
    "comments": "<!--",
    "comments with text": "<!-- ж ",
    "comments that end": "<!--ж-->ж",
    "dashes": "<!---",
    "declarations": "<!ж",
    "instructions": "<?",
    "sections": "<![CDATA[",
    "conditions": "<![if !mso]>ж<![endif]>",
    "ampersands": "&",
    "ampersands apart": "&ж ",
    "references": "&amp;",
    "numeric references": "&#1179;",
    "unfinished references": "&#",
    "names": "&quot",
    "brackets": "<",
    "ends": "</",
    "unclosed tags": "<a ",
    "unclosed addresses": '<a href="',
    "single quotes": "<a href='",
    "attributes": "<p a=1 b=2 c>ж",
    "unknown": "ж<xyz>",
    "unknown with quotes": "<x y='\">ж",
    "links in paragraphs": "<a href=/x><p>ж</a>",
    "misnested": "<b><i></b>ж",
    "misnested paragraphs": "<b><p>ж</b>",
    "tables": "<table>ж<b>",
    "cells": "<table><td>ж",
    "options": "<select><option>ж",
    "scripts": "<script>",
    "scripts with comments": "<script><!--",
    "styles that end": "<style>p{}</style>ж",
    "text areas": "<textarea>ж",
    "drawings": "<svg>",
    "drawings that end": "<svg><p>x</svg>ж",
    "templates": "<template><b>",
    "line breaks": "<br>",
    "separators": "\x0bж",
    "form feeds": "\x0c",
    "quotes": "\"'",
    "controls": "\x01ж",
}
WHOLE = {
    "many attributes": lambda n: (
        "<a " + " ".join(f"a{i}=1" for i in range(n // 8)) + ">ж</a>"
    ),
    "one attribute many times": lambda n: "<a " + "href=1 " * (n // 7) + ">ж</a>",
    "a long address": lambda n: f'<a href="https://a.kz/{"x" * n}">ж</a>',
    "an address of ampersands": lambda n: f'<a href="/?{"&a" * (n // 2)}">ж</a>',
    "a long name": lambda n: "<" + "b" * n + ">ж",
    "a long attribute": lambda n: "<a " + "b" * n + ">ж",
    "a long reference": lambda n: "&" + "b" * n + ";ж",
    "a long number": lambda n: "&#" + "1" * n + ";ж",
    "a long hexadecimal number": lambda n: "&#x" + "f" * n + ";ж",
    "a comment, then ampersands": lambda n: "<!--x-->" + "&" * n + "ж",
    "a comment, then instructions": lambda n: "<!--x-->" + "<?" * (n // 2) + "ж",
}
MAKERS = WHOLE | {
    name: lambda n, shape=shape: (shape * (n // len(shape) + 1))[:n]
    for name, shape in SHAPES.items()
}


@pytest.mark.parametrize("clean", [clean_html, clean_segment])
@pytest.mark.parametrize("name", MAKERS)
def test_html_that_is_long_on_purpose_takes_steps_in_proportion(name, clean):
    make = MAKERS[name]
    clean(make(40))  # what is done once
    small, large = (calls_of(lambda n=n: clean(make(n))) for n in (3_000, 12_000))
    assert large < 5 * small + 300  # four times the text


@pytest.mark.parametrize("name", MAKERS)
def test_the_parser_copies_characters_in_proportion(name, monkeypatch):
    """html5lib appends each token to the text before it: that copies all of it."""
    element = cleaning._cleaners.of_paragraphs.parser.tree.elementClass
    insert = element.insertText
    copied = 0

    def counted(self, data, insertBefore=None):  # noqa: N803
        nonlocal copied
        node = self._element
        copied += len((node[-1].tail if len(node) else node.text) or "")
        insert(self, data, insertBefore)

    monkeypatch.setattr(element, "insertText", counted)
    counts = []
    for length in (3_000, 12_000):
        copied = 0
        clean_html.cache_clear()
        clean_html(MAKERS[name](length))
        counts.append(copied)
    assert counts[1] < 6 * counts[0] + 60_000


@pytest.mark.parametrize("name", MAKERS)
def test_splitting_takes_steps_in_proportion_to_the_length(name):
    make = MAKERS[name]

    def work(n):
        try:
            split(make(n))
        except ValueError:  # too deep, or in too many blocks
            return

    work(40)
    small, large = (calls_of(lambda n=n: work(n)) for n in (2_000, 8_000))
    assert large < 5 * small + 300


@pytest.mark.parametrize(
    ("markup", "clean"),
    [
        ("a<!-- b", "a&lt;!-- b"),
        ("a<!-- b --> c", "a c"),
        ("a<!--> b", "a b"),
        ("2 <! 3", "2 &lt;! 3"),
        ('Қала <b title="x', 'Қала &lt;b title="x'),
        ('<p title="a > b">ә</p>', "<p>ә</p>"),
        ("<p title='<b>'>ә</p>", "<p>ә</p>"),
        ('<a href="/x" href="/y">ә</a>', '<a href="/x">ә</a>'),
        ('<a title="x" HREF = /x>ә</a>', '<a href="/x">ә</a>'),
        ("<a href='/\"x'>ә</a>", '<a href="/%22x">ә</a>'),
        ("R&D, AT&T; &copy; &ndash; &foo;", "R&amp;D, AT&amp;T; © – &amp;foo;"),
        ("&#" + "1" * 5_000 + ";ә", "ә"),
        ("<svg><p>x</p></svg>ә", "ә"),
        ("<p><svg>x</p>ә", "<p></p><p>ә</p>"),
        ("<svg/>ә", "ә"),
        ("<object><object>x</object>y</object>ә", "ә"),
        ("<script>if (a < b) '</b>'</script >ә", "ә"),
        ("<style>x</styles>y</STYLE>ә", "ә"),
        ("\ue000&\ue001", "\ue000&amp;\ue001"),
    ],
)
def test_text_is_kept_and_everything_else_removed(markup, clean):
    assert clean_html(markup) == clean.replace("%22", "&quot;")


@given(
    st.lists(
        st.sampled_from(
            [
                *("<p>", "</p>", "<b>", "</b>", "<svg>", "</svg>", "<x ", "/>", "<"),
                *("<!--", "-->", "<!", "<?", ">", "&", "é", '"', "'", " "),
                *("<a href=", "<a title='"),
            ]
        ),
        max_size=30,
    )
)
@example(["<a href=", "&", "<p>"])
def test_every_tag_of_the_canonical_form_is_complete_and_known(tokens):
    found = canonical("".join(tokens), known={"p", "b", "a"}, parting={"p"})
    rest = found.markup
    for part in rest.split("<")[1:]:
        name = part.removeprefix("/").split(">")[0].split(" ")[0]
        assert ">" in part
        assert name in {"p", "b", "a"}
    # Addresses may hold the sign, as in "?a=1&b=2": they are short.
    text = re.sub("<[^>]*>", "", rest)
    assert "&" not in text.replace("&quot;", "").replace("&lt;", "").replace("&gt;", "")


def test_private_characters_of_a_text_stay_even_if_nearly_all_are_used():
    text = "".join(map(chr, range(0xE000, 0xF900))) + " & "
    assert clean_html(text) == text.strip().replace("&", "&amp;")
    every = "".join(chr(code) for codes in module._PRIVATE for code in codes)
    assert clean_html(every + "&") == every[1:] + "&amp;"


@pytest.mark.parametrize("clean", [clean_html, clean_segment])
@pytest.mark.parametrize(
    "markup",
    ["<p>ж</p>", "<b>ж</b>", "ж<br>", "<b><i><p>ж", "<b><i></b>ж", "ж\x0b"],
)
def test_markup_with_too_many_tags_keeps_its_words(markup, clean, monkeypatch):
    monkeypatch.setattr(module, "MAX_TAGS", 200)
    monkeypatch.setattr(cleaning, "MAX_TAGS", 200)
    clean_html.cache_clear()
    once = clean(markup * 300)
    assert once.count("ж") == 300
    assert "жж" not in once or "<p>" not in markup
    assert once.count("<") <= 200
    assert clean(once) == once
    clean_html.cache_clear()
    assert MAX_TAGS == 50_000


def test_an_address_longer_than_any_is_left_out_and_its_words_stay():
    address = "https://a.kz/" + "x" * MAX_ADDRESS
    assert clean_html(f'<p><a href="{address}">ә</a></p>') == "<p>ә</p>"
    kept = address[:MAX_ADDRESS]
    assert clean_html(f'<a href="{kept}">ә</a>') == f'<a href="{kept}">ә</a>'


@pytest.mark.parametrize("address", ["http://[", "https://[x]y", "http://]"])
def test_an_address_that_cannot_be_read_is_no_link(address):
    assert clean_link(address) == ""
