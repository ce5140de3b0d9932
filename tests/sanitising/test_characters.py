"""No field keeps characters that a database or a format cannot hold."""

import json

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Revision

from newsroom.articles.block_content import body_text
from newsroom.articles.models import ArticlePage, Person
from newsroom.sanitising.characters import storable_markup, storable_text
from tests.factories import make_article, make_section

BAD = "бір\x0bекі\x00\x1f\x9f\ud800\ufffe\ufdd0\U0001ffffүш"
ONE_LINE, LINES = "бір екіүш", "бір\nекіүш"


def every_character() -> st.SearchStrategy[str]:
    return st.text(alphabet=st.characters(codec=None), max_size=30)


@given(every_character())
def test_storable_text_is_valid_in_every_database_and_format(text):
    clean = storable_text(text)
    clean.encode()
    assert "\x00" not in clean
    etree.fromstring(etree.tostring(_element(clean)))
    assert storable_text(clean) == clean
    assert len(storable_text(text, single_line=True).splitlines()) <= 1


def _element(text: str) -> etree._Element:
    element = etree.Element("text")
    element.text = text  # ValueError for what XML cannot hold
    return element


@pytest.mark.parametrize(
    ("text", "lines", "line"),
    [
        ("a\x0bb", "a\nb", "a b"),
        ("a\r\nb\rc", "a\nb\nc", "a b c"),
        ("a\x0cb\x85c\u2028d\u2029e", "a\nb\nc\nd\ne", "a b c d e"),
        (
            "a\tb\xa0c\u00add\u200de",
            "a\tb\xa0c\u00add\u200de",
            "a\tb\xa0c\u00add\u200de",
        ),
        ("😀\ufffd", "😀\ufffd", "😀\ufffd"),
        ("a\nb", "a\nb", "a b"),
        ("a\x00b\x7fc\ufffed\U0010ffffe", "abcde", "abcde"),
        ("", "", ""),
    ],
)
def test_line_separators_become_line_breaks_and_the_rest_stays(text, lines, line):
    assert storable_text(text) == lines
    assert storable_text(text, single_line=True) == line


def test_spaces_within_a_line_are_kept():
    assert storable_text("a  b \n c", single_line=True) == "a  b   c"


# Marks, isolates and embeddings of direction, joiners, a soft hyphen: Kazakh in Arabic
# letters and foreign names need them.
INVISIBLE = "\u200e\u200f\u2066\u2069\u202b\u202c\u200c\u200d\u00ad\u061c"


def test_invisible_characters_of_writing_are_kept():
    text = "-".join(INVISIBLE)
    assert storable_text(text, single_line=True) == text
    assert storable_markup(f"<p>{text}</p>") == f"<p>{text}</p>"
    references = "".join(f"&#{ord(one)};" for one in INVISIBLE)
    assert storable_markup(references) == references


@pytest.mark.parametrize(
    ("markup", "stored"),
    [
        ("a&#x0B;b&#12;c", "a<br/>b<br/>c"),
        ("a&#11;b&#xc;c&#xC;d", "a<br/>b<br/>c<br/>d"),
        ("a\x0bb\x0cc\u2028d\x85e", "a<br/>b<br/>c<br/>d<br/>e"),
        ("a&#x2028;b&#8233;c", "a<br/>b<br/>c"),
        ("a\x00b\x1fc\ufdd0d\ud800e", "abcde"),
        ("&#0;&#x0;&#1;&#x1f;&#55296;&#xFFFE;&#x10FFFF;", ""),
        # C1: Windows-1252, as browsers show it
        ("&#150;&#x85;&#128", "–…€"),
        ("&#129;", ""),
        # characters that can be stored stay as they were written
        ("&#x1F600;&#65;&#x41&#00065;&#x0041;", "&#x1F600;&#65;&#x41&#00065;&#x0041;"),
        ("&#9;&#10;&#1114109;", "&#9;&#10;&#1114109;"),
        # beyond Unicode
        ("&#1114112;&#x110000;&#99999999;&#xFFFFFFFF;", ""),
        (f"&#{'9' * 5000};&#x{'f' * 5000};", ""),
        ("&amp;#11; &#; &#x; &#xg;", "&amp;#11; &#; &#x; &#xg;"),
        # within a tag there is no line to break
        ('<a href="/x\x0by">a</a>', '<a href="/xy">a</a>'),
        ('<a\u2028href="/x">a\u2028b</a>', '<ahref="/x">a<br/>b</a>'),
        ("a < b\x0bc", "a < b<br/>c"),
        ("<i>a</i> plain", "<i>a</i> plain"),
    ],
)
def test_references_and_tags_of_markup_are_read_as_browsers_do(markup, stored):
    assert storable_markup(markup) == stored
    assert storable_markup(stored) == stored


@pytest.fixture
def article(homes) -> ArticlePage:
    quote = {"text": BAD, "said": BAD, "speaker": "", "role": ""}
    body = [
        {"type": "heading", "value": BAD},
        {"type": "paragraph", "value": f"<p>{BAD}</p>"},
        {"type": "quote", "value": quote},
        {
            "type": "list",
            "value": {"heading": BAD, "introduction": BAD, "items": [BAD]},
        },
        {
            "type": "table",
            "value": {"caption": BAD, "table": {"data": [[BAD, None]]}},
        },
    ]
    return make_article(
        make_section(homes["kk"]),
        title=BAD,
        lead=BAD,
        search_description=BAD,
        body=body,
    )


@pytest.mark.django_db
def test_no_field_of_an_article_keeps_control_characters(article):
    assert (article.title, article.draft_title) == (ONE_LINE, ONE_LINE)
    assert article.lead == LINES
    assert article.search_description == LINES
    draft = json.loads(article.latest_revision.content["body"])
    for heading, paragraph, quote, listed, table in (article.body.raw_data, draft):
        assert heading["value"] == ONE_LINE
        assert paragraph["value"] == "<p>бір<br/>екіүш</p>"
        assert quote["value"]["text"] == LINES
        assert quote["value"]["said"] == ONE_LINE
        assert listed["value"]["heading"] == ONE_LINE
        assert [item["value"] for item in listed["value"]["items"]] == [LINES]
        assert table["value"]["table"]["data"] == [[LINES, None]]
    assert body_text(article.body).count("екіүш") == 9


@pytest.mark.django_db
def test_drafts_that_are_saved_unchecked_are_clean(article):
    article.title = article.lead_picture_caption = BAD
    article.save_revision(clean=False)
    content = Revision.objects.latest("pk").content
    assert content["title"] == content["lead_picture_caption"] == ONE_LINE


@pytest.mark.django_db
def test_entities_and_pictures_are_clean(locales):
    person = Person.objects.create(name=BAD, post=BAD, locale=locales["kk"])
    assert (person.name, person.post) == (ONE_LINE, ONE_LINE)
    picture = Image.objects.create(
        title=BAD, description=BAD, file=get_test_image_file()
    )
    assert (picture.title, picture.description) == (ONE_LINE, ONE_LINE)


@pytest.mark.django_db
def test_a_title_of_control_characters_alone_is_refused(article):
    article.title = "\x01"
    with pytest.raises(ValidationError) as refusal:
        article.full_clean()
    assert "title" in refusal.value.error_dict
