"""A text that is repeated in a block has one field and one unit."""

import json
import subprocess
from shutil import which
from uuid import uuid4

import polib
import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from newsroom.translation.desk.changes_view import changed_segments
from newsroom.translation.exchange import formats as known
from newsroom.translation.exchange.files import document_of
from newsroom.translation.machine import drafting
from newsroom.translation.machine.guard import unaccepted
from newsroom.translation.manual_edits.decisions import choices
from newsroom.translation.models import ManualEdit, SegmentComment
from newsroom.translation.segments import occurrences_of, save_segment, segments_of
from newsroom.translation.sources import is_current, target_of
from newsroom.translation.synchronisation.source_snapshots import effective
from tests.factories import make_article
from tests.translation.articles import (
    paragraphs,
    republish,
    state,
    submit,
    translate,
)
from tests.translation.exchange.test_exchange import accept, upload
from tests.translation.segments import account, key_of, post, text_of, url_of

NO, TEXT, LEAD = "— Жоқ.", "Мәтін", "Форум өтті."
LINKED = 'Мұнда <a href="https://%s.kz/">оқыңыз</a>.'


@pytest.fixture
def article(sections):
    """Return an article with a text twice in one block and once in the title."""
    body = json.dumps(paragraphs(None, NO, TEXT, NO))
    return make_article(sections["kk"], title=NO, lead=LEAD, body=body)


def test_a_repeated_text_is_one_field_of_the_segment_page(
    client, translation, translator
):
    html = client.get(url_of(translation)).content.decode()
    keys = [segment.key for segment in segments_of(translation)]
    assert len(keys) == len(set(keys)) == 4
    assert [html.count(f'name="text-{key}"') for key in keys] == [1] * 4
    assert "appears here 2 times" in html
    assert "0 of 4 segments translated" in html
    post(client, translation, "save", **{NO: "— Нет.", TEXT: "Текст"})
    translation.save_target(publish=False)
    page = target_of(translation).get_latest_revision_as_object()
    assert str(page.body[0].value.source).count("— Нет.") == 2


def test_segments_are_in_the_order_of_the_text_and_counted(translation):
    found = segments_of(translation)
    assert [(one.source, one.count) for one in found] == [
        (NO, 1),
        (LEAD, 1),
        (NO, 2),
        (TEXT, 1),
    ]
    assert [one.source for one in occurrences_of(translation)] == [
        NO,
        LEAD,
        NO,
        TEXT,
        NO,
    ]


def test_the_desk_counts_a_repeated_text_once(article, translation):
    context, string = map(int, segments_of(translation)[2].key.split("-"))
    save_segment(translation, context, string, "— Нет.", user=None)
    version = state(article, "ru")
    assert (version.segments_translated, version.segments_total) == (1, 4)


@pytest.mark.parametrize("name", ["po", "xliff12", "xliff20"])
def test_an_export_has_a_repeated_text_once_and_comes_in_again(
    client, log_in, translation, name
):
    chosen = known.formats()[name]
    translate(translation)
    data = chosen.write(document_of(translation))
    document = known.read(f"a.{chosen.suffix}", data)
    assert [unit.source for unit in document.units] == [NO, LEAD, NO, TEXT]
    StringTranslation.objects.all().delete()
    editor = log_in("News editors")
    accept(editor, upload(editor, (f"a.{chosen.suffix}", data)))
    assert [one.translation for one in segments_of(translation)] == [
        f"[{text}]" for text in (NO, LEAD, NO, TEXT)
    ]


@pytest.mark.skipif(not which("msgfmt"), reason="gettext is not installed")
@pytest.mark.parametrize("whose", ["ours", "wagtail-localize"])
def test_msgfmt_takes_the_po_file_of_a_repeated_text(
    client, translation, translator, tmp_path, whose
):
    translate(translation)
    if whose == "ours":
        url = reverse("translation_desk:export", args=[translation.pk, "po"])
    else:
        url = reverse("wagtail_localize:download_pofile", args=[translation.pk])
    path = tmp_path / "a.po"
    path.write_bytes(b"".join(client.get(url)))
    assert len(polib.pofile(str(path))) == 4
    command = ["msgfmt", "--check-format", "-o", str(tmp_path / "a.mo"), str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_repeated_text_with_different_links_is_one_unit(sections, locales, committed):
    article = make_article(
        sections["kk"],
        body=json.dumps(paragraphs(None, LINKED % "a", TEXT, LINKED % "b")),
    )
    with committed():
        translation = submit(article, locales["ru"])
    (unit,) = [one for one in segments_of(translation) if "оқыңыз" in one.source]
    assert unit.count == 2
    save_segment(
        translation,
        unit.context,
        unit.string,
        'Читайте <a id="a1">здесь</a>.',
        user=None,
    )
    translation.save_target(publish=False)
    html = target_of(translation).get_latest_revision_as_object().body[0].value.source
    assert '<a href="https://a.kz/">здесь</a>' in html
    assert '<a href="https://b.kz/">здесь</a>' in html


def test_a_repeated_text_has_its_comments_once(client, translation, translator):
    key = segments_of(translation)[2].key
    client.post(
        url_of(translation),
        {"action": f"comment:{key}", f"comment-{key}": "Кім айтты?"},
    )
    assert SegmentComment.objects.count() == 1
    assert client.get(url_of(translation)).content.decode().count("Кім айтты?") == 1


def draft(translation) -> int:
    drafts = {
        one.key: drafting.Draft("Черновик", "A") for one in segments_of(translation)
    }
    return drafting.save_drafts(translation, drafts, user=None)


def test_a_machine_drafts_a_repeated_text_once(translation):
    assert draft(translation) == 4
    assert unaccepted(target_of(translation)) == 4


def test_machine_text_of_a_block_that_has_gone_is_not_waited_for(article, translation):
    draft(translation)
    # One text has moved to another block, the other has gone.
    moved = [{"type": "paragraph", "value": f"<p>{NO}</p>"}]
    republish(article, body=json.dumps(moved))
    # Title, lead, and the text that has moved; what has gone is not counted.
    assert unaccepted(target_of(translation)) == 3


def test_a_repetition_that_is_added_or_removed_outdates_the_translation_once(
    article, published
):
    article = republish(article, body=json.dumps(paragraphs(article, NO, TEXT)))
    version = state(article, "ru")
    assert (version.state, version.segments_changed) == ("outdated", 1)
    (change,) = changed_segments(published)
    assert change.is_removed
    new = [NO, TEXT, "Жаңа", "Жаңа"]
    article = republish(article, body=json.dumps(paragraphs(article, *new)))
    assert state(article, "ru").segments_changed == len(changed_segments(published))
    added = [c for c in changed_segments(published) if not c.is_removed]
    assert len(added) == 1
    assert effective(published.snapshots.all()).is_complete


def test_translators_know_whether_a_repetition_was_removed(article, translation):
    article.body = json.dumps(paragraphs(article, NO, TEXT, NO))
    assert is_current(translation.source, article)
    article.body = json.dumps(paragraphs(article, NO, TEXT))
    assert not is_current(translation.source, article)


def edit_by_hand(translation, *texts: str) -> None:
    translation.enabled = False
    translation.save()
    page = target_of(translation).get_latest_revision_as_object()
    page.body = json.dumps(paragraphs(page, *texts))
    page.save_revision()
    translation.enabled = True
    translation.save()


def test_a_manual_edit_of_one_occurrence_is_one_edit(published):
    edit_by_hand(published, f"[{NO}]", f"[{TEXT}]", "— Жоқ қой.")
    (choice,) = choices(published)
    assert choice.edit.text == "— Жоқ қой."
    assert choice.segment.source == NO


def test_occurrences_that_were_edited_alike_are_one_edit(published):
    edit_by_hand(published, "— Нет.", f"[{TEXT}]", "— Нет.")
    (choice,) = choices(published)
    assert choice.edit.text == "— Нет."


def test_occurrences_that_were_edited_differently_are_both_kept(client, published):
    client.force_login(account("one", "News editors"))
    edit_by_hand(published, "— Нет.", f"[{TEXT}]", "— Не-а.")
    url = reverse("translation_desk:manual_edits", args=[published.pk])
    seen = {
        f"seen-{one.edit.pk}": one.segment.translation for one in choices(published)
    }
    html = client.post(url, {"action": "accept", **seen}, follow=True).content.decode()
    assert "accept one of them" in html
    assert ManualEdit.objects.undecided().count() == 2
    first = choices(published)[0]
    client.post(url, {"action": f"accept:{first.edit.pk}", **seen})
    assert ManualEdit.objects.undecided().count() == 1
    body = first.segment.key
    assert {s.key: s.translation for s in segments_of(published)}[body] == "— Нет."


def test_texts_that_differ_in_marks_are_units_of_their_own_and_spaces_are_not(
    sections, locales, committed
):
    texts = ["Жоқ дейді", "Жоқ  дейді", "Жоқ <b>дейді</b>", "<b>Жоқ дейді</b>"]
    article = make_article(
        sections["kk"], body=json.dumps(paragraphs(None, *texts, f" {texts[0]} "))
    )
    with committed():
        translation = submit(article, locales["ru"])
    found = [(s.source, s.count) for s in segments_of(translation) if "Жоқ" in s.source]
    # Marks around the whole text are no part of it; spaces are made one when saved.
    assert found == [("Жоқ дейді", 4), ("Жоқ <b>дейді</b>", 1)]


def test_items_of_a_list_and_cells_are_units_of_their_own(sections, locales, committed):
    items = [{"type": "item", "id": str(uuid4()), "value": NO} for _number in "12"]
    table = {"data": [[NO, NO], [TEXT, NO]], "first_row_is_table_header": True}
    body = [
        {"type": "list", "value": {"heading": "", "introduction": "", "items": items}},
        {"type": "table", "value": {"caption": "", "table": table}},
    ]
    article = make_article(sections["kk"], body=json.dumps(body))
    with committed():
        translation = submit(article, locales["ru"])
    keys = [one.key for one in segments_of(translation)]
    assert len(keys) == len(set(keys))
    assert sum(one.source == NO for one in segments_of(translation)) == 5
    assert key_of(translation, TEXT)
    assert text_of(translation, TEXT) == ""
