"""Manual edits: who may decide, when, and what is no manual edit."""

import json

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom.articles.models import ArticlePage
from newsroom.translation.models import ManualEdit
from newsroom.translation.segments import save_segment
from newsroom.translation.sources import target_of
from tests.factories import make_article
from tests.translation.articles import paragraphs, submit
from tests.translation.manual_edits.editing import (
    address,
    decide,
    edit,
    edits,
    restart,
    stop,
)
from tests.translation.segments import account, key_of, text_of

Kind = ManualEdit.Kind


def test_someone_elses_translation_is_not_overwritten_unseen(client, edited, editor):
    context, string = map(int, key_of(edited, "Форум өтті.").split("-"))
    page = client.get(address(edited))
    form = {f"seen-{r.choice.edit.pk}": r.seen for r in page.context["texts"]}
    save_segment(edited, context, string, "Чужое.", user=None)
    said = client.post(address(edited), form | {"action": "accept"}, follow=True)
    assert "Someone else has saved a segment since" in said.content.decode()
    assert text_of(edited, "Форум өтті.") == "Чужое."
    assert [text for _kind, _before, text in edits(edited)] == ["[Форум вчера өтті.]"]


def test_an_unedited_draft_of_a_translation_is_no_manual_edit(
    client, editor, published
):
    context, string = map(int, key_of(published, "Форум өтті.").split("-"))
    save_segment(published, context, string, "Новый перевод.", user=editor)
    stop(client, published)
    edit(published, title="Руками")
    restart(client, published)
    assert edits(published) == [(Kind.TEXT, "[Қалалардың болашағы]", "Руками")]
    assert text_of(published, "Форум өтті.") == "Новый перевод."


def test_without_a_record_of_the_last_translation_what_is_stored_is_compared(
    client, editor, published
):
    stop(client, published)
    target_of(published).revisions.all().delete()
    page = target_of(published)
    page.lead = "Руками."
    page.save_revision()
    restart(client, published)
    assert edits(published) == [(Kind.TEXT, "[Форум өтті.]", "Руками.")]


def test_submitting_the_article_again_keeps_the_edits_too(
    client, article, editor, published, locales
):
    stop(client, published)
    edit(published, lead="Руками.")
    submit(article, locales["ru"])
    assert edits(published) == [(Kind.TEXT, "[Форум өтті.]", "Руками.")]


def test_purging_old_revisions_spares_what_waits_for_a_decision(client, edited):
    edited.save_target(publish=False)
    kept = ManualEdit.objects.first().revision_id
    ArticlePage.objects.filter(pk=target_of(edited).pk).update(live_revision=None)
    call_command("purge_revisions", verbosity=0)
    assert target_of(edited).revisions.filter(pk=kept).exists()
    decide(client, edited, "drop")
    call_command("purge_revisions", verbosity=0)
    assert not target_of(edited).revisions.filter(pk=kept).exists()
    assert ManualEdit.objects.filter(text="Второе.").exists()


def test_a_page_with_undecided_edits_can_be_deleted(edited):
    target_of(edited).delete()
    assert target_of(edited) is None


def test_only_those_who_may_edit_the_translation_decide(
    client, article, edited, locales, committed
):
    assert len(edits(edited)) == 2
    client.force_login(account("kazakh", "Translators: kk"))
    assert client.get(address(edited)).status_code == 302
    client.post(address(edited), {"action": "drop"})
    assert len(edits(edited)) == 2
    with committed():
        english = submit(article, locales["en"])
    client.force_login(account("russian", "Translators: ru"))
    assert client.get(address(english)).status_code == 302
    assert client.get(address(edited), {"action": "drop"}).status_code == 200
    assert len(edits(edited)) == 2
    decide(client, edited, "drop", "Второе.")
    assert len(edits(edited)) == 1


def test_edits_of_a_translation_in_review_or_stopped_cannot_be_decided(
    client, edited, editor
):
    target_of(edited).get_workflow().start(target_of(edited), editor)
    client.force_login(account("russian", "Translators: ru"))
    said = decide(client, edited, "accept").content.decode()
    assert "It is in review" in said
    assert len(edits(edited)) == 2
    client.force_login(editor)
    decide(client, edited, "accept", "Второе.")
    stop(client, edited)
    assert "has been stopped" in decide(client, edited, "drop").content.decode()
    assert len(edits(edited)) == 1


def test_any_number_of_edits_is_shown_in_as_many_queries(
    client, sections, locales, committed
):
    client.force_login(account("editor", "Language editors: ru"))
    counts = []
    for number in (2, 12):
        texts = [f"Сөйлем {n}." for n in range(number)]
        source = make_article(
            sections["kk"],
            title=f"Мақала {number}",
            body=json.dumps(paragraphs(None, *texts)),
        )
        with committed():
            translation = submit(source, locales["ru"])
        stop(client, translation)
        page = target_of(translation)
        changed = [text.replace("Сөйлем", "Предложение") for text in texts]
        edit(translation, body=json.dumps(paragraphs(page, *changed)))
        with CaptureQueriesContext(connection) as restarting:
            restart(client, translation)
        client.get(address(translation))
        with CaptureQueriesContext(connection) as showing:
            page = client.get(address(translation))
        assert len(page.context["texts"]) == number
        counts.append((len(restarting), len(showing)))
    assert counts[0] == counts[1]
