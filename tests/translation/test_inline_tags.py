"""Inline elements of the editor never end a segment and are never dropped."""

import json

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail_localize import strings

from newsroom.articles.fields import PARAGRAPH_FEATURES
from newsroom.sanitising.cleaning import PARAGRAPH_TAGS, SEGMENT_TAGS, clean_segment
from newsroom.translation.checks import check_segment
from newsroom.translation.exchange import formats as known
from newsroom.translation.exchange.files import document_of
from newsroom.translation.exchange.importing import refuse_markup
from newsroom.translation.memory.store import suggestions
from newsroom.translation.segments import save_segment, segments_of
from newsroom.translation.sources import target_of
from tests.factories import make_article
from tests.translation.articles import paragraphs, submit, translate

SENTENCE = "Алаңы 5 м<sup>2</sup>, CO<sub>2</sub> деңгейі."
LINKS = (
    'Бұл <a href="https://a.kz/">бір</a> м<sup>2</sup> және '
    '<a href="https://b.kz/">басқа</a> CO<sub>2</sub>.'
)
MARKED = "Бұл <bdi>Ә ә</bdi> әрпі, <bdi>Әліп</bdi>би."
# wagtail-localize put the words before and after such a link together.
GARBLED = 'Бұл <a href="https://a.kz/">м<sup>2</sup> туралы</a> мәтін.'
AS_LOCALIZE_WAS = ["a", "abbr", "acronym", "b", "code", "em", "i", "strong", "br"]


@pytest.fixture
def more() -> list[str]:
    return []


@pytest.fixture
def article(sections, more):
    body = json.dumps(paragraphs(None, SENTENCE, LINKS, "Соңы.", *more))
    return make_article(sections["kk"], body=body)


def of_body(translation):
    return [s for s in segments_of(translation) if s.path.startswith("body")]


def elements_of_editor() -> set[str]:
    """Return the elements that Wagtail's converter reads in paragraphs."""
    handler = ContentstateConverter(PARAGRAPH_FEATURES).html_to_contentstate_handler
    return set(handler.element_handlers.element_rules)


def test_every_element_that_the_editor_offers_is_inline_everywhere():
    offered = {name for name in elements_of_editor() if name not in ("p", "hr")}
    assert {"sup", "sub", "b", "i", "a", "br"} <= offered
    assert offered - {"em", "strong"} <= PARAGRAPH_TAGS
    assert PARAGRAPH_TAGS - {"p"} <= SEGMENT_TAGS
    assert set(strings.INLINE_TAGS) == SEGMENT_TAGS
    for tag in sorted(SEGMENT_TAGS - {"a", "br"}):
        html = f"Сөз <{tag}>белгілі</{tag}> сөз."
        assert clean_segment(html) == html
        refuse_markup(html, 1)
        _template, found = strings.extract_strings(f"<p>{html}</p>")
        assert [value.data for value, _attrs in found] == [html]


def test_superscript_and_subscript_stay_in_their_sentence(article, locales, committed):
    with committed():
        translation = submit(article, locales["ru"])
    first, second, third = of_body(translation)
    assert first.source == SENTENCE
    assert second.source.count("<a id=") == 2
    text = "Площадь 5 м<sup>2</sup>, уровень CO<sub>2</sub>."
    save_segment(translation, first.context, first.string, text, user=None)
    assert of_body(translation)[0].translation == text
    assert not of_body(translation)[0].has_error
    for chosen in known.formats().values():
        if chosen.name != "tmx":
            data = chosen.write(document_of(translation))
            units = known.read(f"a.{chosen.suffix}", data).units
            assert (SENTENCE, text) in [(one.source, one.target) for one in units]
    translation.save_target(publish=False)
    page = target_of(translation).get_latest_revision_as_object()
    assert text in page.body[0].value.source
    assert third.source == "Соңы."


def test_translators_files_carry_the_mark_for_letters(sections, locales, committed):
    body = json.dumps(paragraphs(None, MARKED))
    article = make_article(sections["kk"], body=body)
    with committed():
        made = submit(article, locales["ru"])
    (first,) = of_body(made)
    assert first.source == MARKED
    text = "Это буква <bdi>Ә ә</bdi> в <bdi>әліпби</bdi>."
    save_segment(made, first.context, first.string, text, user=None)
    for chosen in known.formats().values():
        if chosen.name != "tmx":
            data = chosen.write(document_of(made))
            units = known.read(f"a.{chosen.suffix}", data).units
            assert (MARKED, text) in [(one.source, one.target) for one in units]
    made.save_target(publish=False)
    page = target_of(made).get_latest_revision_as_object()
    assert text in page.body[0].value.source


def codes(source: str, translation: str) -> list[str]:
    found = check_segment(
        source, translation, source_language="kk", target_language="ru", path="body"
    )
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("source", "translation", "wanted"),
    [
        (SENTENCE, "Площадь 5 м<sup>2</sup>, уровень CO<sub>2</sub>.", []),
        (SENTENCE, "Площадь 5 м<sup>2</sup>, уровень CO2.", ["tag-lost"]),
        ("10<sup>24</sup> атом", "10<sup>24</sup> атомов", []),
        (
            "10<sup>24</sup> атом",
            "1024 атома",
            ["number-lost", "number-added", "tag-lost"],
        ),
        ("5 м<sup>2</sup> 300 адам", "300 человек на 5 м<sup>2</sup>", []),
        ("Алаңы 5 м² жер", "Площадь 5 м<sup>2</sup> земли", ["tag-added"]),
    ],
)
def test_checks_read_numbers_and_marks_with_superscript(source, translation, wanted):
    found = codes(source, translation)
    assert set(found) == set(wanted)


def test_the_memory_finds_a_sentence_with_superscript(sections, locales, committed):
    one = make_article(
        sections["kk"], body=json.dumps(paragraphs(None, SENTENCE)), slug="one"
    )
    with committed():
        translation = submit(one, locales["ru"])
        translate(translation)
        again = make_article(
            sections["kk"],
            body=json.dumps(paragraphs(None, SENTENCE.replace("<sup>2</sup>", "2"))),
            slug="two",
        )
        later = submit(again, locales["ru"])
    (segment,) = of_body(later)
    found = suggestions(
        [segment], source=locales["kk"].pk, target=locales["ru"].pk, code="kk"
    )
    assert found[segment.key][0].percent == 100
