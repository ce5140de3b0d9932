"""State of each language version after any order of events."""

import json
import random
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from newsroom.articles.models import ArticlePage
from newsroom.translation.models import SourceSnapshot, TranslationStatus
from tests.factories import make_article, make_section
from tests.translation.articles import (
    paragraphs,
    republish,
    state,
    submit,
    translate,
    translate_one,
)

State = TranslationStatus.State


def states(page) -> dict[str, str]:
    rows = TranslationStatus.objects.filter(translation_key=page.translation_key)
    return dict(rows.values_list("locale__language_code", "state"))


def test_a_new_article_waits_for_its_translations(article):
    assert states(article) == {
        "kk": State.ORIGINAL,
        "ru": State.NOT_STARTED,
        "en": State.NOT_STARTED,
    }
    assert state(article, "ru").waiting_since == article.first_published_at
    assert state(article, "kk").waiting_since == article.first_published_at


def test_a_draft_does_not_wait(sections):
    draft = make_article(sections["kk"], live=False)
    assert state(draft, "ru").waiting_since is None


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_any_language_can_be_the_original(sections, code):
    article = make_article(sections[code])
    assert states(article)[code] == State.ORIGINAL


def test_a_translation_goes_from_submission_to_publication(article, locales, committed):
    with committed():
        translation = submit(article, locales["ru"])
    row = state(article, "ru")
    assert (row.state, row.segments_translated, row.segments_total) == (
        State.IN_PROGRESS,
        0,
        4,
    )
    translate_one(translation, "Форум өтті.", "Форум прошёл.")
    assert state(article, "ru").percent == 25
    translate(translation)
    row = state(article, "ru")
    assert (row.state, row.percent) == (State.READY, 100)
    assert row.waiting_since == translation.created_at
    with committed():
        translation.save_target(publish=True)
    row = state(article, "ru")
    assert (row.state, row.waiting_since) == (State.LIVE, None)


def test_a_segment_with_an_error_is_not_translated(article, locales):
    translation = submit(article, locales["ru"])
    translate(translation)
    StringTranslation.objects.first().set_field_error([ValidationError("Wrong")])
    assert state(article, "ru").state == State.IN_PROGRESS


def test_a_scheduled_translation_is_scheduled_until_it_is_not(article, locales):
    translation = submit(article, locales["ru"])
    translate(translation)
    target = ArticlePage.objects.get(pk=translation.get_target_instance().pk)
    target.go_live_at = timezone.now() + timedelta(days=1)
    target.save_revision().publish()
    assert states(article)["ru"] == State.SCHEDULED
    revision = target.revisions.get(approved_go_live_at__isnull=False)
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    assert states(article)["ru"] == State.READY


def test_an_unpublished_translation_is_ready_again(article, published):
    published.get_target_instance().unpublish()
    assert states(article)["ru"] == State.READY


def test_a_deleted_translation_has_not_started(article, published):
    published.get_target_instance().delete()
    row = state(article, "ru")
    assert (row.state, row.target) == (State.NOT_STARTED, None)


def test_a_translation_becomes_the_original_if_the_original_is_deleted(
    article, published
):
    article.delete()
    assert states(article) == {
        "kk": State.NOT_STARTED,
        "ru": State.ORIGINAL,
        "en": State.NOT_STARTED,
    }


def test_a_deleted_article_leaves_nothing(article):
    article.delete()
    assert not TranslationStatus.objects.exists()


def test_deleting_a_section_takes_its_articles_along(article, sections):
    Page.objects.get(pk=sections["kk"].pk).delete()
    assert not TranslationStatus.objects.exists()


def test_a_moved_article_is_under_its_new_section(article, homes):
    section = make_section(homes["kk"], title="Экономика")
    article.move(section, pos="last-child")
    assert state(article, "ru").section == section.translation_key


def test_a_new_language_waits_too_and_a_deleted_one_leaves(article, committed):
    turkish = Locale.objects.create(language_code="tr")
    assert states(article)["tr"] == State.NOT_STARTED
    turkish.delete()
    assert "tr" not in states(article)


def test_a_language_is_deleted_with_what_was_translated_into_it(
    article, committed, homes
):
    turkish = Locale.objects.create(language_code="tr")
    with committed():
        translation = submit(article, turkish)
        translate(translation)
    for page in Page.objects.filter(locale=turkish, depth=2):
        page.delete()
    turkish.delete()
    assert set(states(article)) == {"kk", "ru", "en"}


def test_counting_keeps_what_editors_have_set(article, locales):
    user = get_user_model().objects.create_user("aigul")
    TranslationStatus.objects.filter(locale=locales["ru"]).update(
        translator=user, note="Асығыс", due="2030-01-01"
    )
    submit(article, locales["ru"])
    row = state(article, "ru")
    assert (row.translator, row.note, str(row.due)) == (user, "Асығыс", "2030-01-01")


def test_a_rolled_back_submission_is_not_counted(article, locales):
    class RolledBackError(Exception):
        pass

    with pytest.raises(RolledBackError), transaction.atomic():
        submit(article, locales["ru"])
        raise RolledBackError
    assert states(article)["ru"] == State.NOT_STARTED


def test_a_rebuild_counts_the_same_again(article, published):
    before = _rows(article)
    TranslationStatus.objects.exclude(state=State.LIVE).delete()
    TranslationStatus.objects.update(state=State.READY, segments_total=9)
    call_command("rebuild_translation_states", verbosity=0)
    assert _rows(article) == before


def test_a_rebuild_drops_rows_of_articles_that_are_no_more(article):
    row = state(article, "kk")
    row.pk, row.translation_key = None, "00000000-0000-0000-0000-000000000001"
    row.save()
    call_command("rebuild_translation_states", verbosity=0)
    assert TranslationStatus.objects.count() == 3


def _rows(article) -> list[tuple]:
    fields = "locale_id state segments_total segments_changed waiting_since".split()
    rows = TranslationStatus.objects.filter(translation_key=article.translation_key)
    return sorted(rows.values_list(*fields))


class Walk:
    """Random events of one article, and what they must have led to.

    ``made_from`` says of each published translation which source texts it is of.
    """

    def __init__(self, article, sections, locales, committed, seed: int) -> None:
        self.article, self.sections, self.locales = article, sections, locales
        self.committed = committed
        self.random = random.Random(seed)
        self.made_from: dict[str, list[tuple[str, str]]] = {}

    def step(self) -> None:
        event = self.random.choice(
            [
                self.edit_source,
                self.edit_source,
                self.submit,
                self.translate_some,
                self.translate_all,
                self.forget_some,
                self.publish,
                self.publish,
                self.unpublish,
                self.delete_target,
                self.update_by_hand,
                self.move,
            ]
        )
        with self.committed():
            event(self.random.choice(["ru", "en"]))

    def translation(self, code: str) -> Translation | None:
        found = Translation.objects.filter(
            source__object_id=self.article.translation_key,
            target_locale=self.locales[code],
        ).first()
        return found if found and self.target(code) else None

    def target(self, code: str) -> ArticlePage | None:
        return ArticlePage.objects.filter(
            translation_key=self.article.translation_key, locale=self.locales[code]
        ).first()

    def texts(self, translation: Translation) -> list[tuple[str, str]]:
        return [(e.msgctxt, e.msgid) for e in translation.source.export_po()]

    def edit_source(self, code: str) -> None:
        page = ArticlePage.objects.get(pk=self.article.pk)
        texts = self.random.sample(["Бір.", "Екі.", "Үш.", "Төрт."], 3)
        republish(
            page,
            title=self.random.choice(["Ауыл", "Қала"]),
            body=json.dumps(paragraphs(page, *texts)),
        )

    def submit(self, code: str) -> None:
        if not self.target(code):
            submit(self.article, self.locales[code])

    def translate_some(self, code: str) -> None:
        if translation := self.translation(code):
            _, text = self.random.choice(self.texts(translation))
            translate_one(translation, text, f"{code}: {text}")

    def translate_all(self, code: str) -> None:
        if translation := self.translation(code):
            translate(translation)

    def forget_some(self, code: str) -> None:
        texts = list(StringTranslation.objects.filter(locale=self.locales[code]))
        if texts:
            self.random.choice(texts).delete()

    def publish(self, code: str) -> None:
        if not (translation := self.translation(code)):
            return
        total, translated = translation.get_progress()
        was_published = code in self.made_from
        translation.save_target(publish=True)
        if total == translated or not was_published:
            self.made_from[code] = self.texts(translation)

    def unpublish(self, code: str) -> None:
        if target := self.target(code):
            target.unpublish()

    def delete_target(self, code: str) -> None:
        if (target := self.target(code)) and self.random.random() < 0.3:
            target.delete()

    def update_by_hand(self, code: str) -> None:
        if translation := self.translation(code):
            translation.source.update_from_db()

    def move(self, code: str) -> None:
        self.article = ArticlePage.objects.get(pk=self.article.pk)
        section = self.sections[self.random.choice(["kk", "other"])]
        self.article.move(Page.objects.get(pk=section.pk), pos="last-child")

    def expected(self, code: str) -> tuple:
        target, translation = self.target(code), self.translation(code)
        if not target:
            return State.NOT_STARTED, 0, 0
        total, translated = translation.get_progress()
        if target.live:
            # Paragraphs in another order count as a change too.
            is_same = self.made_from[code] == self.texts(translation)
            return (State.LIVE if is_same else State.OUTDATED), total, translated
        if total == translated:
            return State.READY, total, translated
        return State.IN_PROGRESS, total, translated

    def counted(self, code: str) -> tuple:
        row = state(self.article, code)
        section = ArticlePage.objects.get(pk=self.article.pk).get_parent()
        assert row.section == section.translation_key
        assert (row.segments_changed > 0) == (row.state == State.OUTDATED)
        return row.state, row.segments_total, row.segments_translated


@pytest.mark.long(seed=(range(4), range(40)))
def test_the_count_is_right_after_any_events_in_any_order(
    article, sections, homes, locales, committed, seed
):
    sections["other"] = make_section(homes["kk"], title="Басқа")
    for code in ("ru", "en"):
        sections["other"].copy_for_translation(locales[code])
    walk = Walk(article, sections, locales, committed, seed)
    for _ in range(30):
        walk.step()
        for code in ("ru", "en"):
            assert walk.counted(code) == walk.expected(code)
    rows = _rows(article)
    call_command("rebuild_translation_states", verbosity=0)
    assert _rows(article) == rows


def test_only_bases_that_still_matter_are_kept(article, published, committed):
    for number in range(3):
        with committed():
            republish(article, title=f"Есеп {number}")
            translate(published)
            published.save_target(publish=True)
    assert SourceSnapshot.objects.filter(published_at__isnull=False).count() == 1
