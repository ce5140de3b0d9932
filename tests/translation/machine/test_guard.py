"""Texts that are not accepted, or that need work, prevent a publication."""

from types import SimpleNamespace

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.translation import override
from wagtail_localize.models import StringSegment

from newsroom.translation.machine.guard import (
    is_unread,
    needs_work,
    refusal,
    refusal_of_drafts,
    refusal_of_remembered,
    refusal_of_unfinished,
    refuse_in_editor,
    texts_of,
    unaccepted,
    unfinished,
)
from newsroom.translation.segments import MEMORY, save_segment, segments_of
from newsroom.translation.sources import target_of
from tests.factories import make_article
from tests.translation.articles import submit, translate

MACHINE_ONE = "1 segment was translated by a machine, and nobody has accepted it."
MACHINE_TWO = "2 segments were translated by a machine, and nobody has accepted them."
MEMORY_ONE = (
    "1 segment was taken from the translation memory, and nobody has accepted it."
)
MEMORY_TWO = (
    "2 segments were taken from the translation memory, and nobody has accepted them."
)
UNFINISHED_ONE = "1 segment is marked as unfinished."
UNFINISHED_TWO = "2 segments are marked as unfinished."


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def save(translation, number: int, **kwargs):
    """Store a text for the segment with this index."""
    segment = segments_of(translation)[number]
    return save_segment(
        translation,
        segment.context,
        segment.string,
        f"Текст {number}",
        user=None,
        **kwargs,
    )


@pytest.mark.parametrize("language", ["en", None], ids=["catalogue", "source"])
@pytest.mark.parametrize(
    ("message", "one", "two"),
    [
        (refusal, MACHINE_ONE, MACHINE_TWO),
        (refusal_of_remembered, MEMORY_ONE, MEMORY_TWO),
        (refusal_of_unfinished, UNFINISHED_ONE, UNFINISHED_TWO),
    ],
    ids=["machine", "memory", "unfinished"],
)
def test_a_message_counts_the_segments(message, one, two, language):
    with override(language):
        assert (message(1), message(2)) == (one, two)


def test_drafts_of_machine_and_memory_are_counted_in_a_sentence_each():
    assert refusal_of_drafts(2, 1) == f"{MACHINE_TWO} {MEMORY_ONE}"
    assert refusal_of_drafts(1, 0) == MACHINE_ONE
    assert refusal_of_drafts(0, 2) == MEMORY_TWO


def test_drafts_and_unfinished_texts_of_a_translation_are_counted(translation):
    page = target_of(translation)
    translate(translation)
    assert (unaccepted(page), unfinished(page)) == (0, 0)
    assert (is_unread(page), needs_work(page)) == ("", "")
    save(translation, 0, machine="M")
    save(translation, 1, machine=MEMORY)
    save(translation, 2, is_unfinished=True)
    assert (unaccepted(page), unfinished(page)) == (2, 1)
    assert is_unread(page) == f"{MACHINE_ONE} {MEMORY_ONE}"
    assert needs_work(page) == UNFINISHED_ONE
    save(translation, 0)  # accepted
    assert is_unread(page) == MEMORY_ONE


def test_texts_of_another_language_or_article_do_not_count(
    translation, sections, locales, committed
):
    with committed():
        english = submit(translation.source.get_source_instance(), locales["en"])
        other = submit(make_article(sections["kk"], title="Басқа"), locales["ru"])
    for one in (english, other):
        translate(one)
        save(one, 0, machine="M")
    assert unaccepted(target_of(translation)) == 0
    assert unaccepted(target_of(english)) == 1


def test_a_text_without_a_segment_of_its_context_does_not_count(translation):
    """The translation stays stored when its segment moves to another block."""
    page = target_of(translation)
    save(translation, 0, machine="M")
    segments = StringSegment.objects.filter(source=translation.source)
    first, second, *_others = segments.order_by("order")
    assert texts_of(page).count() == 1
    # The same string elsewhere, and another string in the same context.
    StringSegment.objects.filter(pk=second.pk).update(string=first.string)
    StringSegment.objects.filter(pk=first.pk).update(string=second.string)
    assert texts_of(page).count() == 0


def test_a_stopped_translation_and_an_original_have_no_drafts(translation):
    save(translation, 0, machine="M")
    assert unaccepted(translation.source.get_source_instance()) == 0
    translation.enabled = False
    translation.save()
    assert unaccepted(target_of(translation)) == 0


def asks(rf, action: str = "publish", method: str = "post"):
    request = getattr(rf, method)("/admin/pages/3/edit/?next=x", {"action": action})
    request._messages = CookieStorage(request)
    return request


def test_the_editor_refuses_to_publish_drafts_and_then_unfinished_texts(
    translation, rf
):
    page = target_of(translation)
    assert refuse_in_editor(asks(rf), page) is None
    save(translation, 0, is_unfinished=True)
    request = asks(rf)
    response = refuse_in_editor(request, page)
    assert response.url == "/admin/pages/3/edit/?next=x"
    ((level, text),) = [(m.level_tag, str(m).strip()) for m in request._messages]
    assert (level, text) == ("error", UNFINISHED_ONE)
    save(translation, 1, machine="M")
    request = asks(rf)
    refuse_in_editor(request, page)
    assert [str(one).strip() for one in request._messages] == [MACHINE_ONE]


def test_the_editor_refuses_nothing_but_a_publication_of_an_article(translation, rf):
    page = target_of(translation)
    save(translation, 0, machine="M")
    assert refuse_in_editor(asks(rf), page) is not None
    requests = [asks(rf, "save"), asks(rf, method="get"), asks(rf, method="put")]
    assert [refuse_in_editor(request, page) for request in requests] == [None] * 3
    other = SimpleNamespace(specific_class=type("Other", (), {}))
    assert refuse_in_editor(asks(rf), other) is None
