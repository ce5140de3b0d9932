"""The writers' mark for letters: stored, pasted, searched, and kept."""

import json

import pytest
from django.test import Client
from django.utils import translation
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from newsroom.articles.block_content import body_text
from newsroom.articles.fields import PARAGRAPH_FEATURES, CleanRichTextBlock
from newsroom.articles.rich_text.protected_letters import STYLE
from newsroom.sanitising.cleaning import clean_html
from newsroom.sanitising.splitting import split
from newsroom.transliteration.editions import SCRIPT_EDITIONS
from tests.factories import make_article, make_section

MARKED = "Бұл <bdi>Ә ә</bdi> әрпі, <bdi>Әліп</bdi>би."
LABELS = {
    "kk": "Әріптерін өзгертпеу",
    "ru": "Не менять буквы",
    "en": "Leave the letters",
}


@pytest.mark.parametrize("language", LABELS)
def test_the_editor_offers_the_mark_in_the_language_of_the_writer(language):
    with translation.override(language):
        options = CleanRichTextBlock().field.widget.options["inlineStyles"]
        (mark,) = [one for one in options if one["type"] == STYLE]
        assert str(mark["description"]) == LABELS[language]
    assert mark["icon"]


def test_the_mark_is_opened_and_saved_inside_and_beside_other_emphasis():
    html = "<p><b>а<bdi>ә</bdi></b><i><bdi>қ<sup>2</sup></bdi></i> <bdi>ң</bdi></p>"
    assert clean_html(html) == html
    converter = ContentstateConverter(PARAGRAPH_FEATURES)
    content = converter.from_database_format(html)
    (block,) = json.loads(content)["blocks"]
    marked = [one for one in block["inlineStyleRanges"] if one["style"] == STYLE]
    text = block["text"]
    assert [text[m["offset"] :][: m["length"]] for m in marked] == ["ә", "қ2", "ң"]
    assert clean_html(converter.to_database_format(content)) == html


@pytest.mark.parametrize(
    "html",
    ['<p>а <bdi dir="rtl" onclick="x()">ә</bdi></p>', "<div>а <bdi>ә</bdi></div>"],
)
def test_the_mark_is_pasted_without_attributes(html):
    assert split(html).blocks == [
        {"type": "paragraph", "value": "<p>а <bdi>ә</bdi></p>"}
    ]


@pytest.mark.django_db
def test_marked_letters_are_left_in_every_edition_and_found(homes):
    body = [("paragraph", f"<p>{MARKED}</p>")]
    article = make_article(make_section(homes["kk"]), body=body)
    assert body_text(article.body) == "Бұл Ә ә әрпі, Әліпби."
    for edition in SCRIPT_EDITIONS:
        url = article.url.replace("/kk/", f"/{edition.prefix}/", 1)
        page = Client().get(url).content.decode()
        assert "<bdi>Ә ә</bdi>" in page
        assert "<bdi>Әліп</bdi>" in page
        assert "әрпі" not in page
