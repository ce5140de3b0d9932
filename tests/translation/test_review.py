"""Comments, hand-in and approval."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from newsroom.access.accounts import display_name
from newsroom.articles.models import ArticlePage
from newsroom.translation.models import SegmentComment, TranslationStatus
from newsroom.translation.segments import save_segment, segments_of
from newsroom.translation.sources import target_of
from newsroom.translation.status.review import ReviewStatus, review_status_of
from tests.factories import make_article
from tests.translation.articles import republish, state, translate
from tests.translation.segments import account, key_of, post, text_of, url_of

State = TranslationStatus.State


@pytest.fixture
def editor(translation):
    return account("editor", "Language editors: ru")


def test_comments_are_shown_at_their_segment_until_resolved(
    client, translation, translator
):
    key = key_of(translation, "Форум өтті.")
    form = {"action": f"comment:{key}", f"comment-{key}": "Қай форум?"}
    client.post(url_of(translation), form)
    comment = SegmentComment.objects.get()
    assert comment.author == translator
    page = client.get(url_of(translation), {"show": "comments"})
    assert [row.segment.key for row in page.context["rows"]] == [key]
    client.post(url_of(translation), {"action": f"resolve:{comment.pk}"})
    page = client.get(url_of(translation), {"show": "comments"})
    assert page.context["rows"] == []


def test_an_incomplete_translation_cannot_be_handed_in(client, translation, translator):
    response = post(client, translation, "hand-in")
    assert "Errors left to correct: 4." in response.content.decode()
    assert review_status_of(target_of(translation)) == ReviewStatus.NOT_HANDED_IN


def test_from_hand_in_over_sending_back_to_approval(
    client, translation, translator, editor, committed
):
    translate(translation)
    page = target_of(translation)
    assert state(page, "ru").state == State.READY
    with committed():
        post(client, translation, "hand-in")
    assert state(page, "ru").state == State.IN_REVIEW
    assert {"editor@example.org"} <= {to for m in mail.outbox for to in m.to}
    # The translator waits, and decides nothing.
    post(client, translation, "save", **{"Форум өтті.": "Другое"})
    assert text_of(translation, "Форум өтті.") == "[Форум өтті.]"
    post(client, translation, "approve")
    assert review_status_of(page) == ReviewStatus.IN_REVIEW
    # The editor mends a word, and sends it back.
    client.force_login(editor)
    post(client, translation, "save", **{"Форум өтті.": "Прошёл форум."})
    mail.outbox.clear()
    with committed():
        form = {"action": "send-back", "review-comment": "Тақырыпты түзетіңіз"}
        client.post(url_of(translation), form)
    assert state(page, "ru").state == State.SENT_BACK
    assert any("translator@example.org" in m.to for m in mail.outbox)
    assert any("Тақырыпты түзетіңіз" in m.body for m in mail.outbox)
    client.force_login(translator)
    sent_back = client.get(url_of(translation)).context["sent_back"]
    assert sent_back["comment"] == "Тақырыпты түзетіңіз"
    assert sent_back["by"] == display_name(editor)
    with committed():
        post(client, translation, "hand-in")
    assert client.get(url_of(translation)).context["sent_back"] is None
    client.force_login(editor)
    with committed():
        post(client, translation, "approve")
    assert state(page, "ru").state == State.APPROVED
    page.refresh_from_db()
    assert not page.live  # it waits for its release
    # What is changed after that is to be approved again.
    client.force_login(translator)
    post(client, translation, "save", **{"Форум өтті.": "Форум прошёл."})
    assert state(page, "ru").state == State.READY


def test_an_article_that_is_approved_is_published_as_ever(
    sections, client, committed, homes
):
    article = make_article(sections["kk"], title="Жаңа", live=False)
    author, approver = account("author", "Journalists"), account("e", "News editors")
    article.save_revision(user=author)
    with committed():
        article.get_workflow().start(article, author)
        article = ArticlePage.objects.get(pk=article.pk)
        task = article.current_workflow_task_state
        task.task.specific.on_action(task, approver, "approve")
    article.refresh_from_db()
    assert article.live


def test_an_outdated_translation_in_review_still_warns_its_readers(
    client, article, published, committed, editor
):
    with committed():
        republish(article, lead="Форум аяқталды.")
    post_as(client, editor, published, "save", **{"Форум аяқталды.": "Завершён."})
    with committed():
        post(client, published, "hand-in")
    assert state(article, "ru").state == State.IN_REVIEW
    assert state(article, "ru").segments_changed == 1
    client.logout()
    target = target_of(published)
    html = client.get(target.get_url()).content.decode()
    assert "article__notice" in html


def post_as(client, user, translation, action, **texts):
    client.force_login(user)
    return post(client, translation, action, **texts)


def test_machine_made_text_is_marked_and_accepted_by_a_person(
    client, translation, translator, editor
):
    translate(translation)
    segment = segments_of(translation)[0]
    save_segment(
        translation, segment.context, segment.string, "Машина", user=None, machine="M"
    )
    html = client.get(url_of(translation)).content.decode()
    assert "Made by a machine" in html
    response = post(client, translation, "hand-in")
    assert "nobody has accepted" in response.content.decode()
    post(client, translation, f"accept:{segment.key}")
    assert not segments_of(translation)[0].is_machine_made
    assert segments_of(translation)[0].translation == "Машина"
    post(client, translation, "hand-in")
    assert review_status_of(target_of(translation)) == ReviewStatus.IN_REVIEW


def test_a_text_handed_in_is_not_public_before_publication(
    client, article, published, committed, editor
):
    with committed():
        republish(article, lead="Форум аяқталды.")
    post_as(client, editor, published, "save", **{"Форум аяқталды.": "Завершён."})
    with committed():
        post(client, published, "hand-in")
    target = target_of(published)
    assert target.live
    assert target.lead == "[Форум өтті.]"
    assert target.get_latest_revision_as_object().lead == "Завершён."
    with committed():
        post(client, published, "approve")
    assert target_of(published).lead == "[Форум өтті.]"


def test_text_in_review_is_changed_by_no_other_way(
    client, article, published, committed, editor
):
    """Neither on the page of changes nor by a file that was previewed before."""
    user = account("russian", "Translators: ru")
    with committed():
        republish(article, lead="Форум аяқталды.")
    source = "Форум аяқталды."
    post_as(client, user, published, "save", **{source: "Завершён."})
    exported = client.get(reverse("translation_desk:export", args=[published.pk, "po"]))
    data = exported.content.replace("Завершён.".encode(), "Другое.".encode())
    importing = reverse("translation_desk:import")

    def look():
        file = SimpleUploadedFile("a.po", data)
        return client.post(importing, {"documents": [file]})

    looked = look()
    with committed():
        post(client, published, "hand-in")
    client.post(importing, {"accepted": looked.context["accepted"]})
    assert "It is in review" in look().content.decode()
    changes = reverse("translation_desk:changes", args=[published.pk])
    form = {"segment": key_of(published, source), "text": "Другое."}
    response = client.post(changes, form, follow=True)
    assert "It is in review" in response.content.decode()
    assert text_of(published, source) == "Завершён."
    client.force_login(editor)
    client.post(changes, form)
    assert text_of(published, source) == "Другое."
