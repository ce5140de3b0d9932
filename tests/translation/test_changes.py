"""Effects of a new version of the original on its translations."""

import json

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from newsroom.articles.models import ArticlePage
from newsroom.articles.word_diff import DiffPiece, word_diff
from newsroom.translation.changes import SegmentChange, compare
from newsroom.translation.models import SourceSnapshot, TranslationStatus
from tests.translation.articles import (
    paragraphs,
    republish,
    state,
    submit,
    translate,
    translate_one,
)

State = TranslationStatus.State


def change(article, *texts: str) -> ArticlePage:
    page = ArticlePage.objects.get(pk=article.pk)
    return republish(page, body=json.dumps(paragraphs(page, *texts)))


def test_changes_are_aligned_within_a_context():
    old = [(1, 10), (2, 20), (2, 21), (3, 30)]
    new = [(1, 11), (2, 20), (2, 22), (2, 21), (4, 40)]
    assert compare(old, new) == [
        SegmentChange(1, 10, 11),
        SegmentChange(2, None, 22),
        SegmentChange(4, None, 40),
        SegmentChange(3, 30, None),
    ]


def test_a_difference_is_shown_word_by_word_and_without_tags():
    pieces = word_diff("Бір <b>екі</b> үш.", "Бір төрт үш.")
    assert [(piece.kind, piece.text.strip()) for piece in pieces] == [
        ("same", "Бір"),
        ("removed", "екі"),
        ("added", "төрт"),
        ("same", "үш."),
    ]
    assert word_diff("Сөз", "Сөз") == [DiffPiece("same", "Сөз")]


def test_a_translation_published_before_its_log_entry_is_recorded(
    article, locales, monkeypatch
):
    """As it is outside a transaction: wagtail-localize writes its log at the end."""
    translation = submit(article, locales["ru"])
    translate(translation)
    translation.save_target(publish=False)
    monkeypatch.setattr(transaction, "on_commit", lambda action, **kwargs: action())
    translation.save_target(publish=True)
    assert state(article, "ru").state == State.LIVE
    change(article, "Бірінші сөйлем.", "Екінші, басқа сөйлем.")
    row = state(article, "ru")
    assert (row.state, row.segments_changed) == (State.OUTDATED, 1)


def test_a_changed_original_makes_its_translation_outdated(article, published):
    change(article, "Бірінші сөйлем.", "Екінші, басқа сөйлем.")
    row = state(article, "ru")
    assert (row.state, row.segments_changed) == (State.OUTDATED, 1)
    assert (row.segments_translated, row.segments_total) == (3, 4)
    assert row.waiting_since is not None


def test_readers_still_see_the_published_translation(article, published):
    before = ArticlePage.objects.get(pk=published.get_target_instance().pk)
    change(article, "Басқа.", "Тағы.")
    after = ArticlePage.objects.get(pk=before.pk)
    assert after.body[0].value.source == before.body[0].value.source
    assert (after.title, after.live, after.live_revision_id) == (
        before.title,
        True,
        before.live_revision_id,
    )


def test_a_draft_of_the_original_changes_nothing(article, published):
    page = ArticlePage.objects.get(pk=article.pk)
    page.title = "Жаңа тақырып"
    page.save_revision()
    assert state(article, "ru").state == State.LIVE


def test_a_reverted_change_does_not_outdate_the_translation(article, published):
    change(article, "Бірінші сөйлем.", "Басқа.")
    change(article, "Бірінші сөйлем.", "Екінші сөйлем.")
    assert state(article, "ru").state == State.LIVE


def test_a_removed_paragraph_is_a_change_too(article, published):
    change(article, "Бірінші сөйлем.")
    row = state(article, "ru")
    assert (row.state, row.segments_changed, row.percent) == (State.OUTDATED, 1, 100)


def test_publishing_with_gaps_does_not_end_it_and_without_gaps_does(
    article, published, committed
):
    change(article, "Бірінші сөйлем.", "Басқа сөйлем.")
    with committed():
        published.save_target(publish=True)
    assert state(article, "ru").state == State.OUTDATED
    translate_one(published, "Басқа сөйлем.", "Другое.")
    assert state(article, "ru").state == State.OUTDATED
    with committed():
        published.save_target(publish=True)
    assert state(article, "ru").state == State.LIVE


def test_the_date_stays_that_of_the_first_change(article, published):
    change(article, "Бірінші сөйлем.", "Басқа.")
    since = state(article, "ru").waiting_since
    change(article, "Мүлде басқа.", "Басқа.")
    assert state(article, "ru").waiting_since == since


def test_a_translation_older_than_the_record_becomes_outdated_too(article, published):
    SourceSnapshot.objects.all().delete()
    change(article, "Бірінші сөйлем.", "Басқа.")
    assert state(article, "ru").segments_changed == 1


def test_a_translation_edited_by_hand_is_up_to_date_when_it_is_published(
    article, published
):
    published.enabled = False
    published.save()
    change(article, "Бірінші сөйлем.", "Басқа.")
    assert state(article, "ru").state == State.OUTDATED
    target = ArticlePage.objects.get(pk=published.get_target_instance().pk)
    republish(target, title="Тақырып")
    assert state(article, "ru").state == State.LIVE


def test_a_translation_of_a_translation_is_followed(
    article, published, locales, committed
):
    target = ArticlePage.objects.get(pk=published.get_target_instance().pk)
    with committed():
        english = submit(target, locales["en"])
        translate(english)
        english.save_target(publish=True)
    assert state(article, "en").source_locale == locales["ru"]
    translate_one(published, "Форум өтті.", "Форум прошёл.")
    with committed():
        published.save_target(publish=True)
    assert state(article, "en").state == State.OUTDATED


@pytest.fixture
def outdated(article, published):
    change(article, "Бірінші сөйлем.", "Екінші жаңа сөйлем.", "Үшінші.")
    return published


def address(translation) -> str:
    return reverse("translation_desk:changes", args=[translation.pk])


def shown(client, translation) -> list:
    response = client.get(address(translation))
    assert response.status_code == 200
    return response.context["changes"]


def key(segment) -> str:
    return f"{segment.context}-{segment.string}"


def test_the_translator_sees_each_change_beside_the_old_translation(log_in, outdated):
    client = log_in("Journalists")
    changed, added = shown(client, outdated)
    assert changed.old_translation == "[Екінші сөйлем.]"
    assert [p.text.strip() for p in changed.pieces if p.kind == "added"] == ["жаңа"]
    assert added.old_translation == ""
    html = client.get(address(outdated)).content.decode()
    assert "<ins><span" in html
    assert ">[Екінші сөйлем.]</textarea>" in html


def test_the_old_translation_is_accepted_as_still_right(log_in, outdated):
    client = log_in("Journalists")
    changed, _ = shown(client, outdated)
    client.post(address(outdated), {"segment": key(changed), "accept": "1", "text": ""})
    changed, _ = shown(client, outdated)
    assert changed.translation == "[Екінші сөйлем.]"


def test_a_changed_copy_is_saved_clean_under_the_translators_name(log_in, outdated):
    client = log_in("Journalists")
    changed, _ = shown(client, outdated)
    text = "Второе новое<script>alert(1)</script>"
    client.post(address(outdated), {"segment": key(changed), "text": text})
    stored = StringTranslation.objects.get(data__startswith="Второе новое")
    assert "script" not in stored.data
    assert stored.last_translated_by.username == "Journalists"


def test_an_empty_translation_is_refused(log_in, outdated):
    client = log_in("Journalists")
    _, added = shown(client, outdated)
    count = StringTranslation.objects.count()
    client.post(address(outdated), {"segment": key(added), "text": " <b></b>"})
    assert StringTranslation.objects.count() == count


def test_a_segment_that_has_changed_again_is_not_overwritten(log_in, article, outdated):
    client = log_in("Journalists")
    seen, _ = shown(client, outdated)
    change(article, "Бірінші сөйлем.", "Мүлде басқа.", "Үшінші.")
    count = StringTranslation.objects.count()
    answer = client.post(
        address(outdated), {"segment": key(seen), "text": "Старое"}, follow=True
    )
    assert "changed again" in answer.content.decode()
    assert StringTranslation.objects.count() == count


def test_who_may_not_edit_the_translation_does_not_see_its_changes(client, outdated):
    assert client.get(address(outdated)).status_code == 302


def test_an_outdated_translation_has_a_notice_for_readers(client, article, outdated):
    target = ArticlePage.objects.get(pk=outdated.get_target_instance().pk)
    html = client.get(target.url).content.decode()
    assert "article__notice" in html
    assert f'<a href="{article.url}" hreflang="kk">' in html


def test_versions_that_are_current_have_no_notice(client, article, published):
    for page in (article, ArticlePage.objects.get(locale__language_code="ru")):
        assert "article__notice" not in client.get(page.url).content.decode()
