"""Each edit by hand is accepted or dropped, in every round, and before publication."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from newsroom.articles.models import ArticlePage
from newsroom.translation.manual_edits.guard import refusal, undecided
from newsroom.translation.models import ManualEdit, MemoryKey
from newsroom.translation.releases.readiness import readiness
from newsroom.translation.review.actions import ReviewRefusedError, approve, hand_in
from newsroom.translation.sources import target_of
from tests.translation.articles import paragraphs, republish, translate
from tests.translation.manual_edits.editing import (
    address,
    decide,
    edit,
    edits,
    restart,
    stop,
)
from tests.translation.segments import text_of

Kind = ManualEdit.Kind


def test_one_edit_is_accepted_and_another_dropped(client, edited, editor, committed):
    said = decide(client, edited, "accept", "Второе.").content.decode()
    assert "1 edit has been accepted." in said
    assert text_of(edited, "Екінші сөйлем.") == "Второе."
    assert text_of(edited, "Форум өтті.") == "[Форум өтті.]"
    decide(client, edited, "drop", "[Форум вчера өтті.]")
    assert edits(edited) == []
    assert text_of(edited, "Форум өтті.") == "[Форум өтті.]"
    dropped = ManualEdit.objects.get(is_accepted=False)
    assert (dropped.decided_by, dropped.text) == (editor, "[Форум вчера өтті.]")
    # What was dropped can still be read there.
    assert "[Форум вчера өтті.]" in client.get(address(edited)).content.decode()
    with committed():
        edited.save_target(publish=True)
    page = target_of(edited)
    assert page.lead == "[Форум өтті.]"
    assert "Второе." in page.body[0].value.source


@pytest.mark.parametrize(
    ("action", "lead"), [("accept", "[Форум вчера өтті.]"), ("drop", "[Форум өтті.]")]
)
def test_all_are_decided_at_once(client, edited, action, lead):
    decide(client, edited, action)
    assert edits(edited) == []
    assert text_of(edited, "Форум өтті.") == lead


def test_an_accepted_text_is_the_editors_own_and_found_by_the_memory(
    client, edited, editor
):
    decide(client, edited, "accept", "Второе.")
    stored = StringTranslation.objects.get(data="Второе.")
    assert stored.last_translated_by == editor
    assert stored.translation_type == StringTranslation.TRANSLATION_TYPE_MANUAL
    assert MemoryKey.objects.filter(text=stored).exists()


def test_nothing_is_handed_in_released_or_published_over_undecided_edits(
    client, article, edited, editor, committed
):
    for attempt in (hand_in, approve):
        with pytest.raises(ReviewRefusedError) as refused:
            attempt(edited, user=editor)
        assert str(refused.value) == refusal(2)
    (version,) = readiness(article.translation_key, [edited.target_locale])
    assert refusal(2) in version.reasons
    url = reverse("wagtailadmin_pages:edit", args=[target_of(edited).pk])
    with committed():
        response = client.post(url, {"action": "publish"}, follow=True)
    assert response.redirect_chain[0][0] == address(edited)
    assert "2 edits made by hand" in response.content.decode()
    with pytest.raises(ValidationError), committed():
        edited.save_target(publish=True)
    assert target_of(edited).lead == "[Форум вчера өтті.]"
    decide(client, edited, "drop")
    with committed():
        client.post(url, {"action": "publish"})
    assert target_of(edited).lead == "[Форум өтті.]"


def test_edits_are_shown_beside_the_segments_of_a_changed_source(
    client, article, editor, published, committed
):
    stop(client, published)
    page = target_of(published)
    source = ArticlePage.objects.get(pk=article.pk)
    edit(
        published,
        body=json.dumps(paragraphs(page, "Первое.", "Новое руками.", "Второе новое.")),
    )
    with committed():
        republish(
            source,
            lead="Форум аяқталды.",
            body=json.dumps(
                paragraphs(
                    source, "Бірінші сөйлем.", "Қосылған сөйлем.", "Екінші жаңа сөйлем."
                )
            ),
        )
    restart(client, published)
    rows = client.get(address(published)).context["texts"]
    assert [
        (row.choice.segment.source, row.choice.edit.text, row.seen) for row in rows
    ] == [
        ("Бірінші сөйлем.", "Первое.", "[Бірінші сөйлем.]"),
        ("Қосылған сөйлем.", "Новое руками.", ""),
        ("Екінші жаңа сөйлем.", "Второе новое.", ""),
    ]
    assert [row.choice.is_of_another_source for row in rows] == [False, True, True]
    decide(client, published, "accept")
    assert text_of(published, "Екінші жаңа сөйлем.") == "Второе новое."
    # Nobody has touched the lead: it is a change of the original, and no edit.
    assert text_of(published, "Форум аяқталды.") == ""


def test_a_source_that_changes_before_the_decision(client, article, edited, committed):
    source = ArticlePage.objects.get(pk=article.pk)
    with committed():
        republish(source, lead="Форум аяқталды.")
    lead, _second = client.get(address(edited)).context["texts"]
    assert (lead.choice.segment.source, lead.seen) == ("Форум аяқталды.", "")
    assert lead.choice.is_of_another_source
    translate(edited, {"Форум аяқталды.": "Завершён."})
    (row,) = client.get(address(edited)).context["others"]
    assert row.choice.edit.text == "[Форум вчера өтті.]"
    decide(client, edited, "accept")
    assert text_of(edited, "Форум аяқталды.") == "Завершён."
    assert len(edits(edited)) == 1  # its place is taken: it can only be let go
    decide(client, edited, "drop", kind="other")
    assert edits(edited) == []


def test_a_second_round_lists_only_new_edits(client, edited, committed):
    decide(client, edited, "accept", "Второе.")
    decide(client, edited, "drop", "[Форум вчера өтті.]")
    stop(client, edited)
    restart(client, edited)
    assert edits(edited) == []
    stop(client, edited)
    edit(edited, title="Руками")
    restart(client, edited)
    assert edits(edited) == [(Kind.TEXT, "[Қалалардың болашағы]", "Руками")]
    decide(client, edited, "accept")
    with committed():
        edited.save_target(publish=True)
    # What was dropped once is asked again when it is written again.
    stop(client, edited)
    edit(edited, lead="[Форум вчера өтті.]")
    restart(client, edited)
    assert edits(edited) == [(Kind.TEXT, "[Форум өтті.]", "[Форум вчера өтті.]")]


def test_undecided_edits_of_an_earlier_round_are_found_again(client, edited):
    stop(client, edited)
    assert undecided(target_of(edited)) == 0  # by hand, everything may be published
    edit(edited, lead="Ещё раз.")
    restart(client, edited)
    assert edits(edited) == [
        (Kind.TEXT, "[Форум өтті.]", "Ещё раз."),
        (Kind.TEXT, "[Екінші сөйлем.]", "Второе."),
    ]


def test_undecided_edits_outlive_a_draft_that_was_written_over_them(client, edited):
    edited.save_target(publish=False)
    stop(client, edited)
    edit(edited, title="Руками")
    restart(client, edited)
    assert [text for _kind, _before, text in edits(edited)] == [
        "[Форум вчера өтті.]",
        "Второе.",
        "Руками",
    ]
