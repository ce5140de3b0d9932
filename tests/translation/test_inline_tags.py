"""Inline elements of the editor: they never end a segment, and nothing drops them."""

import importlib
import json

import pytest
from django.apps import apps
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail_localize import strings
from wagtail_localize.models import StringTranslation, TemplateSegment

from newsroom.articles.fields import PARAGRAPH_FEATURES
from newsroom.intake.cleaning import PARAGRAPH_TAGS, SEGMENT_TAGS, clean_segment
from newsroom.translation.checks import check_segment
from newsroom.translation.exchange import formats as known
from newsroom.translation.exchange.files import document_of
from newsroom.translation.exchange.importing import refuse_markup
from newsroom.translation.memory import suggestions
from newsroom.translation.models import SegmentComment, TranslationBasis
from newsroom.translation.releases.readiness import is_current
from newsroom.translation.resegmentation import join_all
from newsroom.translation.segments import save_segment, segments_of
from newsroom.translation.sources import target_of
from tests.factories import make_article
from tests.translation.articles import paragraphs, republish, state, submit, translate

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


@pytest.fixture
def in_crumbs(monkeypatch):
    """wagtail-localize as it is by itself: superscript ends a segment."""
    now = list(strings.INLINE_TAGS)
    strings.INLINE_TAGS[:] = AS_LOCALIZE_WAS
    yield
    strings.INLINE_TAGS[:] = now


def of_body(translation):
    return [s for s in segments_of(translation) if s.path.startswith("body")]


def elements_of_editor() -> set[str]:
    """The elements that Wagtail's converter reads for the features of paragraphs."""
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


@pytest.fixture
def crumbs(article, locales, committed, in_crumbs):
    """The article's Russian translation, made crumb by crumb and live."""
    with committed():
        translation = submit(article, locales["ru"])
        translate(translation)
        translation.save_target(publish=True)
    assert len(of_body(translation)) > 6
    return translation


def join() -> None:
    strings.INLINE_TAGS[:] = sorted(SEGMENT_TAGS)
    migration = importlib.import_module(
        "newsroom.translation.migrations.0013_join_segments"
    )
    migration.join(apps, None)


def test_translations_of_crumbs_become_those_of_the_sentence(article, crumbs):
    StringTranslation.objects.update(updated_at="2024-02-29T00:00:00Z")
    before = target_of(crumbs).body[0].value.source
    join()
    first, second, third = of_body(crumbs)
    assert first.source == SENTENCE
    assert first.translation == (
        "[Алаңы 5 м]<sup>[2]</sup>[, CO]<sub>[2]</sub> [деңгейі.]"
    )
    assert all(one.is_translated for one in (first, second, third))
    # The links of the crumbs are numbered anew.
    assert second.translation == (
        '[Бұл <a id="a1">бір</a> м]<sup>[2]</sup> [және <a id="a2">басқа</a> CO]'
        "<sub>[2]</sub>[.]"
    )
    version = state(article, "ru")
    assert (version.state, version.segments_changed) == ("live", 0)
    assert version.segments_translated == version.segments_total == 5
    # Readers see the same text, and translators work from the present one.
    crumbs.refresh_from_db()
    crumbs.save_target(publish=False)
    after = target_of(crumbs).get_latest_revision_as_object().body[0].value.source
    assert after == before
    assert is_current(crumbs.source, article)
    # An approval from before holds: nothing counts as edited now.
    joined = StringTranslation.objects.get(translation_of=first.string)
    assert joined.updated_at.year == 2024
    # Refreshing the source finds what the joining has made.
    republish(article, title="Жаңа атау")
    assert [one.translation for one in of_body(crumbs)] == [
        first.translation,
        second.translation,
        third.translation,
    ]


def test_a_sentence_with_a_crumb_that_is_not_translated_is_outdated(article, crumbs):
    first = of_body(crumbs)[0]
    StringTranslation.objects.filter(
        translation_of=first.string, context=first.context
    ).delete()
    others = StringTranslation.objects.count()
    join()
    first, second, _third = of_body(crumbs)
    assert (first.source, first.translation) == (SENTENCE, "")
    assert second.is_translated
    version = state(article, "ru")
    assert (version.state, version.segments_changed > 0) == ("outdated", True)
    assert StringTranslation.objects.count() == others + 1  # none is lost


@pytest.mark.parametrize("more", [[GARBLED]])
def test_a_sentence_whose_crumbs_were_in_another_order_is_outdated(article, crumbs):
    join()
    *known, last = of_body(crumbs)
    assert all(one.is_translated for one in known)
    assert last.source == 'Бұл <a id="a1">м<sup>2</sup> туралы</a> мәтін.'
    assert not last.translation
    assert state(article, "ru").state == "outdated"
    assert is_current(crumbs.source, article)


def test_machine_text_in_a_crumb_makes_the_sentence_machine_made(crumbs):
    first = of_body(crumbs)[0]
    save_segment(
        crumbs, first.context, first.string, "Площадь 5 м", user=None, machine="M"
    )
    join()
    first, second, _third = of_body(crumbs)
    assert first.is_machine_made
    assert not second.is_machine_made


def test_comments_on_crumbs_stay_with_the_sentence(crumbs):
    crumb = of_body(crumbs)[2]
    SegmentComment.objects.create(
        translation=crumbs,
        context_id=crumb.context,
        string_id=crumb.string,
        text="CO немесе CO₂?",
    )
    join()
    assert SegmentComment.objects.get().string_id == of_body(crumbs)[0].string


def test_joining_again_changes_nothing_and_leaves_other_sources_alone(crumbs):
    join()
    bases = list(TranslationBasis.objects.values_list("segments", flat=True))
    templates = list(TemplateSegment.objects.values_list("template", flat=True))
    assert join_all(apps, ["sup", "sub"]) == set()
    assert list(TranslationBasis.objects.values_list("segments", flat=True)) == bases
    assert list(TemplateSegment.objects.values_list("template", flat=True)) == templates
