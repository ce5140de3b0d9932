"""All output of the sanitiser can be opened in the rich text editor."""

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from newsroom.articles.blocks import BODY_BLOCKS
from newsroom.articles.fields import PARAGRAPH_FEATURES, CleanRichTextBlock
from newsroom.sanitising.cleaning import clean_html
from newsroom.sanitising.paragraphs import INLINE_TAGS

PIECES = [
    *(f"<{tag}>" for tag in (*INLINE_TAGS, "p", "div", "h2", "li", "table", "td")),
    *(f"</{tag}>" for tag in (*INLINE_TAGS, "p", "div", "h2", "li", "table", "a")),
    *("<br>", "<br/>", "</br>", "<marquee>", "</marquee>", "<button>", "<option>"),
    *("<a>", '<a href="/x">', '<a href="https://y.kz/?a=1&b=2">', '<a href="a.b:8">'),
    *('<a linktype="page">', '<a linktype="page" id="a1">', '<a linktype="x" id="1">'),
    *('<a linktype="page" id="999">', '<a linktype="document">', "<textarea>"),
    *('<a linktype="document" id="99999999999999999999" href="/x">', "<object>"),
    *("сөз", "б ", " ", "\n", "\xa0", "\u3000", "&nbsp;", "&amp;", "&lt;b&gt;", "😀"),
    *("\x00", "\x0b", "\u2028", "\ud800", "\ufffe", "&#11;", "&#150;", "&#xd800;"),
    *("<!--", "-->", "]]>", "<3"),
]
markup = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def open_and_save(html: str) -> str:
    """Return *html* as it is stored after the editor has read and written it."""
    converter = ContentstateConverter(PARAGRAPH_FEATURES)
    return clean_html(
        converter.to_database_format(converter.from_database_format(html))
    )


def words(html: str) -> str:
    return "".join(re.sub(r"<[^>]*>", "", html).split())


class TestEveryCleanTextIsReadable(TestCase):
    """In a class, since reading a link to a page asks the database."""

    @given(markup)
    @settings(max_examples=300, deadline=None)
    @example("<p>a<br>b</p>")
    @example("<b><p>a</p><p>b</p></b>")
    @example('<p><a href="/x">a<br></a>b</p>')
    @example("<p>&nbsp; a<b> </b>&nbsp;b</p>")
    @example('<p><a linktype="page" id="7">a</a> <a href="/x"></a></p>')
    def test_sanitised_markup_is_opened_and_saved_unchanged(self, html):
        clean = clean_html(html)
        assert clean_html(clean) == clean
        saved = open_and_save(clean)
        assert words(saved) == words(clean)
        assert open_and_save(saved) == saved
        if not re.search("<(?:strong|em)>", clean):  # the editor writes b and i
            is_fragment = not clean.startswith("<p>")
            assert saved == (f"<p>{clean}</p>" if is_fragment else clean)


def test_every_rich_text_of_an_article_has_the_features_that_are_tested():
    stream = dict(BODY_BLOCKS)
    for block in (stream["paragraph"], stream["fact_box"].child_blocks["text"]):
        assert isinstance(block, CleanRichTextBlock)
        assert block.features == PARAGRAPH_FEATURES


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>a<br>b</p>", "<p>a<br/>b</p>"),
        ("бір<p>екі</p>үш", "<p>бір</p><p>екі</p><p>үш</p>"),
        ("<b><p>бір</p></b>", "<p><b>бір</b></p>"),
        ("<p>бір<p>екі</p></p>", "<p>бір</p><p>екі</p><p></p>"),
        ('<p><a href="/x"></a>сөз</p>', "<p>сөз</p>"),
        ('<p><a linktype="document">сөз</a></p>', "<p>сөз</p>"),
        ('<p><a linktype="page" href="/x">сөз</a></p>', '<p><a href="/x">сөз</a></p>'),
        ("<ul><li>бір<li>екі</ul>", "<p>бір</p><p>екі</p>"),
        ("<table><tr><td>бір<td>екі</table>", "<p>бір</p><p>екі</p>"),
        ("<p>бір&#11;екі&#150;үш\x07</p>", "<p>бір<br/>екі–үш</p>"),
        ("<p></p>", "<p></p>"),
        ("", ""),
    ],
)
def test_shapes_that_the_editor_cannot_read_are_rewritten(html, clean):
    assert clean_html(html) == clean


@pytest.mark.django_db
def test_a_link_to_a_deleted_page_stays_and_is_readable():
    html = '<p><a id="999" linktype="page">мақала</a></p>'
    read = ContentstateConverter(PARAGRAPH_FEATURES).from_database_format(html)
    assert json.loads(read)["entityMap"]["0"]["data"]["id"] == 999
    assert open_and_save(html) == html
