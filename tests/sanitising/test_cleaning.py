"""The sanitiser removes all active content and no text."""

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.sanitising.cleaning import (
    PARAGRAPH_TAGS,
    clean_html,
    clean_link,
    clean_segment,
)

HOSTILE = {
    "script": "<p>Мәтін<script>alert(1)</script></p>",
    "script in capitals": "<p>Мәтін<SCRIPT SRC=//x.example/a.js></SCRIPT></p>",
    "event attribute": '<p onclick="alert(1)">Мәтін</p>',
    "event on an image": '<p>Мәтін<img src=x onerror="alert(1)"></p>',
    "javascript link": '<p><a href="javascript:alert(1)">Мәтін</a></p>',
    "javascript in disguise": '<p><a href="java&#9;script:alert(1)">Мәтін</a></p>',
    "javascript after a control": '<p><a href="\x01javascript:alert(1)">Мәтін</a></p>',
    "data link": '<p><a href="data:text/html,x">Мәтін</a></p>',
    "protocol-relative link": '<p><a href="//evil.example/">Мәтін</a></p>',
    "protocol-relative in disguise": '<p><a href=" /\\evil.example">Мәтін</a></p>',
    "protocol-relative as entities": '<p><a href="&#x2f;&#x2f;evil.x">Мәтін</a></p>',
    "protocol-relative with a tab": '<p><a href="/&#9;/evil.example">Мәтін</a></p>',
    "style": '<p style="background:url(//x)">Мәтін<style>p{}</style></p>',
    "iframe": '<p>Мәтін<iframe src="https://x.example"></iframe></p>',
    "svg": "<p>Мәтін<svg><script>alert(1)</script></svg></p>",
    "mathml": "<p>Мәтін<math><mtext><script>alert(1)</script></mtext></math></p>",
    "comment": "<p>Мәтін<!-- <script>alert(1)</script> --></p>",
    "unclosed": "<p>Мәтін<script>alert(1)",
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("clean", [clean_html, clean_segment])
def test_active_content_is_removed_and_its_text_kept(html, clean):
    cleaned = clean(html)
    assert "Мәтін" in cleaned
    for trace in ("alert", "script", "onclick", "onerror", "evil", "style", "iframe"):
        assert trace not in cleaned.lower()


def test_elements_and_attributes_of_a_paragraph_are_kept():
    html = (
        "<p>Орнықты <b>даму</b> <i>мақсаттары</i>, CO<sub>2</sub>, м<sup>2</sup><br/>"
        '<a href="https://unhabitat.org/">UN-Habitat</a> '
        '<a id="3" linktype="page">мақала</a> <a href="mailto:a@b.kz">хат</a></p>'
    )
    assert clean_html(html) == html


def test_unknown_elements_leave_their_text_and_blocks_become_paragraphs():
    assert clean_html("<div><h2>Форум</h2><font>өтті</font></div>") == (
        "<p>Форум</p><p>өтті</p>"
    )


def test_a_placeholder_link_of_a_segment_is_kept():
    segment = 'Біз <a id="a1">форумда</a> <b>сөйледік</b>'
    assert clean_segment(segment) == segment


@pytest.mark.parametrize(
    ("pasted", "segment"),
    [
        ("Бір<br>екі", "Бір<br/>екі"),
        ("Бір\x0bекі\u2028үш", "Бір<br/>екі<br/>үш"),
        ("<p>Бір</p><p>екі</p>", "Бір екі"),
        ("Бір<div>екі</div>", "Бір екі"),
    ],
)
def test_a_segment_keeps_its_words_apart(pasted, segment):
    assert " ".join(clean_segment(pasted).split()) == segment


@given(
    st.text(alphabet=st.sampled_from("<>/=\"' \tasonclickrhefjv:пб&;#x0"), max_size=80)
)
def test_cleaning_what_is_clean_changes_nothing(html):
    once = clean_html(html)
    assert clean_html(once) == once


@given(st.text(alphabet=st.sampled_from("<>/=\"' asoncriptbimgехpх&;:-!"), max_size=80))
def test_a_second_cleaner_finds_no_element_to_drop(html):
    """nh3, another library on another parser, agrees that only our tags are left."""
    cleaned = clean_html(html)
    reread = nh3.clean(
        cleaned,
        tags=PARAGRAPH_TAGS,
        attributes={"a": {"href", "linktype", "id"}},
        link_rel=None,
    )
    assert reread.count("<") == cleaned.count("<")


@pytest.mark.parametrize(
    "text", ["a < b", "<3", "R&amp;D if 1<2", "<title>Атауы", "<p>a</p><select> b"]
)
def test_text_is_not_lost_to_a_stray_bracket_or_element(text):
    words = text.replace("<title>", "").replace("<select>", "").split()[-1]
    assert words.strip("<>") in clean_segment(text).replace("&lt;", "<")


def test_a_foreign_id_or_link_type_is_dropped():
    assert clean_html('<a id="content" linktype="x" href="/a/">ә</a>') == (
        '<a href="/a/">ә</a>'
    )


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://unhabitat.org/", "https://unhabitat.org/"),
        ("java\nscript:alert(1)", ""),
        ("//evil.example", ""),
        ("data:text/html,x", ""),
    ],
)
def test_links_have_web_urls_only(address, clean):
    assert clean_link(address) == clean
