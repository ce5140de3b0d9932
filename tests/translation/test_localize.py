"""Translating with wagtail-localize, from any language into any other."""

from datetime import UTC, datetime

import polib
import pytest
from wagtail.models import Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from newsroom.articles.models import ArticlePage, SectionPage
from search.results.search import search_archive
from tests.factories import make_article, make_section

TABLE = {"data": [["Қала", "Жыл"], ["Ақтау", "1963"]], "table_header_choice": "row"}


def submit(page: Page, locale) -> Translation:
    translate_object(page, [locale])
    return Translation.objects.get(
        source=TranslationSource.objects.get_for_instance(page), target_locale=locale
    )


def fill_in(translation: Translation, texts: dict[str, str]) -> None:
    """Translate every segment: as *texts* says, or with its path as the text."""
    segments = StringSegment.objects.filter(source=translation.source)
    catalogue = polib.POFile()
    for segment in segments.select_related("string", "context"):
        source = segment.string.data
        catalogue.append(
            polib.POEntry(
                msgctxt=segment.context.path,
                msgid=source,
                msgstr=texts.get(source, f"[{source}]"),
            )
        )
    assert translation.import_po(catalogue) == []


@pytest.fixture
def sections(homes, locales):
    """Return a section in Kazakh, Russian and English."""
    source = make_section(homes["kk"], title="Қоғам")
    for code, title in (("ru", "Общество"), ("en", "Society")):
        section = source.copy_for_translation(locales[code])
        section.title = title
        section.save_revision().publish()
    versions = SectionPage.objects.filter(translation_key=source.translation_key)
    return {section.locale.language_code: section for section in versions}


@pytest.mark.parametrize(
    ("source", "target"),
    [(a, b) for a in ("kk", "ru", "en") for b in ("kk", "ru", "en") if a != b],
    ids=lambda code: code,
)
def test_any_language_is_translated_into_any_other(
    sections, locales, source, target, django_capture_on_commit_callbacks
):
    article = make_article(
        sections[source],
        title="First",
        lead="Lead",
        body=[
            ("paragraph", '<p>One <b>bold</b> <a href="https://a.kz/">link</a></p>'),
            ("quote", {"text": "Words", "said": "said", "speaker": "they", "role": ""}),
            ("list", {"heading": "H", "introduction": "", "items": ["a", "b"]}),
            ("table", {"caption": "T", "table": TABLE}),
        ],
    )
    with django_capture_on_commit_callbacks(execute=True):
        translation = submit(article, locales[target])
    draft = translation.get_target_instance()
    assert not draft.live, "a submission must not publish untranslated text"
    fill_in(translation, {"First": "Second", "Қала": "City"})
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    translated = ArticlePage.objects.get(pk=draft.pk)
    assert translated.live
    assert translated.title == "Second"
    assert translated.slug == "second"
    assert translated.get_parent().pk == sections[target].pk
    assert translated.body[1].value["text"] == "[Words]"
    assert list(translated.body[2].value["items"]) == ["[a]", "[b]"]
    assert translated.body[3].value["table"]["data"] == [
        ["City", "[Жыл]"],
        ["[Ақтау]", "[1963]"],
    ]
    assert 'href="https://a.kz/"' in translated.body[0].value.source
    hits = search_archive("second", locales=[target]).results
    assert [hit.entry.title for hit in hits] == ["Second"]


def test_a_translation_shares_what_is_not_text(sections, locales):
    article = make_article(
        sections["kk"],
        kind=ArticlePage.Kind.STATEMENT,
        source_url="https://a.kz/1",
        published_at=datetime(2005, 8, 30, tzinfo=UTC),
    )
    draft = submit(article, locales["ru"]).get_target_instance()
    assert (draft.kind, draft.source_url, draft.published_at) == (
        article.kind,
        article.source_url,
        article.published_at,
    )


def test_a_missing_section_is_made_as_a_draft_and_not_as_an_alias(homes, locales):
    article = make_article(make_section(homes["kk"]))
    draft = submit(article, locales["en"]).get_target_instance()
    section = draft.get_parent().specific
    assert isinstance(section, SectionPage)
    assert not section.live
    assert Page.objects.filter(alias_of__isnull=False).count() == 0


def test_an_untranslated_article_does_not_exist_in_other_languages(sections):
    article = make_article(sections["kk"])
    assert article.get_translations().count() == 0


def test_a_deleted_translation_leaves_its_segments_to_the_memory(sections, locales):
    article = make_article(sections["kk"])
    translation = submit(article, locales["ru"])
    fill_in(translation, {})
    count = StringTranslation.objects.count()
    translation.get_target_instance().delete()
    assert StringTranslation.objects.count() == count > 0


@pytest.mark.parametrize(
    "hostile",
    [
        "Мәтін<script>alert(1)</script>",
        '<a id="a1" onclick="alert(1)">Мәтін</a>',
        '<img src=x onerror="alert(1)">Мәтін',
    ],
)
def test_a_translated_segment_is_stored_clean(sections, locales, hostile):
    article = make_article(sections["kk"])
    translation = submit(article, locales["ru"])
    fill_in(translation, {article.title: hostile})
    stored = StringTranslation.objects.get(translation_of__data=article.title)
    assert "alert" not in stored.data
    assert "Мәтін" in stored.data


def test_a_translation_follows_its_own_title_until_it_is_published(
    sections, locales, django_capture_on_commit_callbacks
):
    article = make_article(sections["kk"], title="Есеп")
    translation = submit(article, locales["ru"])
    assert translation.get_target_instance().slug == "esep"
    fill_in(translation, {"Есеп": "Отчёт за год"})
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert translation.get_target_instance().slug == "otchet-za-god"
    StringTranslation.objects.filter(data="Отчёт за год").update(data="Годовой отчёт")
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert translation.get_target_instance().title == "Годовой отчёт"
    assert translation.get_target_instance().slug == "otchet-za-god"
