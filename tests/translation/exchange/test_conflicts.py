"""Changes by other users between the preview of a file and its import."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from newsroom.translation.desk.changes_view import changed_segments
from newsroom.translation.exchange.accepting import accept as accept_texts
from newsroom.translation.exchange.accepting import seen
from newsroom.translation.review.actions import hand_in
from newsroom.translation.segments import save_segment, segments_of
from tests.translation.articles import paragraphs, republish, translate
from tests.translation.exchange.test_exchange import (
    accept,
    edited,
    texts,
    upload,
    written,
)
from tests.translation.segments import account

LEAD, FIRST, SECOND = "Форум өтті.", "Бірінші сөйлем.", "Екінші сөйлем."
URL = "translation_desk:import"


@pytest.fixture
def editor(log_in):
    return log_in("News editors")


@pytest.fixture
def colleague(db):
    return account("colleague", "News editors")


def save(translation, source: str, text: str, user=None, machine: str = "") -> None:
    segment = next(s for s in segments_of(translation) if s.source == source)
    save_segment(
        translation, segment.context, segment.string, text, user=user, machine=machine
    )


def look(client, translation, changes: dict[str, str]):
    data = edited(written(translation, "po"), "po", changes)
    return upload(client, ("a.po", data))


def choose(client, response, *names: str):
    form = {"accepted": response.context["accepted"], "choosing": "1", "take": names}
    return client.post(reverse(URL), form, follow=True)


def conflicts(response) -> list:
    return [one for result in response.context["left"] for one in result.conflicts]


def test_an_import_that_changes_nothing_is_not_announced_as_a_success(
    editor, translation, colleague
):
    looked = look(editor, translation, {LEAD: "Из файла."})
    save(translation, LEAD, "Коллеги.", user=colleague)
    response = accept(editor, looked)
    (said,) = response.context["messages"]
    assert (said.level_tag, str(said).strip()) == (
        "warning",
        "Nothing was changed.",
    )
    assert len(conflicts(response)) == 1


def test_a_text_saved_since_the_preview_is_not_overwritten(
    editor, translation, colleague
):
    looked = look(editor, translation, {LEAD: "Из файла.", FIRST: "Первое."})
    save(translation, LEAD, "Коллеги.", user=colleague)
    response = accept(editor, looked)
    assert texts(translation)[LEAD] == "Коллеги."
    assert texts(translation)[FIRST] == "Первое."  # unchanged
    html = response.content.decode()
    assert "1 segment has been changed." in html
    (conflict,) = conflicts(response)
    assert (conflict.source, conflict.text) == (LEAD, "Из файла.")
    assert "Коллеги." in html
    assert "colleague has saved this segment" in html
    # Having seen both, the editor may decide, in both ways.
    kept = choose(editor, response)
    assert texts(translation)[LEAD] == "Коллеги."
    assert kept.redirect_chain
    choose(editor, response, f"{translation.pk}:{conflict.key}")
    assert texts(translation)[LEAD] == "Из файла."


def test_a_choice_is_asked_again_where_the_text_changed_once_more(
    editor, translation, colleague
):
    looked = look(editor, translation, {LEAD: "Из файла."})
    save(translation, LEAD, "Раз.", user=colleague)
    response = accept(editor, looked)
    (conflict,) = conflicts(response)
    save(translation, LEAD, "Два.", user=colleague)
    again = choose(editor, response, f"{translation.pk}:{conflict.key}")
    assert texts(translation)[LEAD] == "Два."
    assert "Два." in again.content.decode()


@pytest.mark.parametrize("what", ["same", "emptied"])
def test_only_a_different_stored_text_is_a_conflict(
    editor, translation, colleague, what
):
    save(translation, LEAD, "Старое.", user=colleague)
    looked = look(editor, translation, {LEAD: "Из файла."})
    if what == "same":
        save(translation, LEAD, "Из файла.", user=colleague)
        assert accept(editor, looked).redirect_chain
    else:
        for row in StringTranslation.objects.filter(data="Старое."):
            row.delete()
        assert len(conflicts(accept(editor, looked))) == 1
        assert texts(translation)[LEAD] == ""


def test_a_machine_draft_that_a_colleague_accepted_is_not_overwritten(
    editor, translation, colleague
):
    save(translation, LEAD, "Черновик.", machine="M")
    looked = look(editor, translation, {LEAD: "Из файла."})
    save(translation, LEAD, "Черновик.", user=colleague)  # the same text, read
    assert len(conflicts(accept(editor, looked))) == 1
    assert texts(translation)[LEAD] == "Черновик."


def test_a_text_whose_source_changed_since_the_preview_is_a_conflict(
    editor, translation, article, committed
):
    looked = look(editor, translation, {FIRST: "Первое.", SECOND: "Второе."})
    with committed():
        republish(article, body=json.dumps(paragraphs(article, "Жаңа сөйлем.", SECOND)))
    response = accept(editor, looked)
    (conflict,) = conflicts(response)
    assert (conflict.source, conflict.text, conflict.segment) == (
        FIRST,
        "Первое.",
        None,
    )
    assert "no segment left" in response.content.decode()
    assert texts(translation)[SECOND] == "Второе."


def test_a_translation_handed_in_since_the_preview_can_be_imported_by_an_editor(
    client, translation, colleague
):
    client.force_login(account("translator", "Translators: ru"))
    translate(translation)
    looked = look(client, translation, {LEAD: "Из файла."})
    hand_in(translation, user=colleague)
    response = accept(client, looked)
    assert texts(translation)[LEAD] == f"[{LEAD}]"
    assert "It is in review" in response.content.decode()
    # An editor of the language who gets the same page may save it.
    client.force_login(colleague)
    accept(client, response)
    assert texts(translation)[LEAD] == "Из файла."


def test_two_files_for_one_segment_do_not_overwrite_each_other(editor, translation):
    first = look(editor, translation, {LEAD: "Первый файл."})
    second = look(editor, translation, {LEAD: "Второй файл."})
    accept(editor, first)
    (conflict,) = conflicts(accept(editor, second))
    assert conflict.text == "Второй файл."
    assert texts(translation)[LEAD] == "Первый файл."


def test_a_change_seen_on_the_page_of_changes_is_not_saved_over_a_colleagues(
    client, published, article, colleague
):
    client.force_login(account("translator", "Translators: ru"))
    republish(article, lead="Форум басталды.")
    (change,) = changed_segments(published)
    url = reverse("translation_desk:changes", args=[published.pk])
    save(published, "Форум басталды.", "Коллеги.", user=colleague)
    form = {"segment": change.key, "text": "Моё.", "seen": ""}
    html = client.post(url, form).content.decode()
    assert texts(published)["Форум басталды."] == "Коллеги."
    assert "Моё.</textarea>" in html
    assert "Коллеги." in html
    client.post(url, form | {"seen": "Коллеги."})
    assert texts(published)["Форум басталды."] == "Моё."


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time"
)
def test_concurrent_imports_lock_the_translation_first(translation, colleague):
    segment = next(s for s in segments_of(translation) if s.source == LEAD)
    one = {"text": "А.", "outcome": "finished", "seen": seen(segment)}
    with CaptureQueriesContext(connection) as queries:
        accept_texts(translation, {segment.key: one}, user=colleague)
    statements = [query["sql"] for query in queries]
    lock = next(n for n, sql in enumerate(statements) if "FOR NO KEY UPDATE" in sql)
    read = next(n for n, sql in enumerate(statements) if "stringsegment" in sql)
    assert lock < read
