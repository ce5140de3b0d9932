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
from newsroom.intake.characters import storable_markup, storable_text
from tests.factories import make_article, make_section

BAD = "бір\x0bекі\x00\x1f\x9f\ud800\ufffe\ufdd0\U0001ffffүш"
ONE_LINE, LINES = "бір екіүш", "бір\nекіүш"


def every_character() -> st.SearchStrategy[str]:
    return st.text(alphabet=st.characters(codec=None), max_size=30)


@given(every_character())
def test_storable_text_goes_into_every_database_and_format(text):
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
        ("", "", ""),
    ],
)
def test_line_separators_become_line_breaks_and_the_rest_stays(text, lines, line):
    assert storable_text(text) == lines
    assert storable_text(text, single_line=True) == line


def test_references_and_tags_of_markup_are_read_as_browsers_do():
    assert storable_markup("a&#x0B;b&#12;c") == "a<br/>b<br/>c"
    assert storable_markup("&#150;&#0;&#55296;&#x1F600;&#65;") == "–&#x1F600;&#65;"
    assert storable_markup('<a href="/x\x0by">a</a>') == '<a href="/xy">a</a>'


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
