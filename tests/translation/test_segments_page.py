"""The segment page: translating, the memory, terms, comments and the review."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation

from newsroom.articles.models import ArticlePage
from newsroom.translation import memory
from newsroom.translation.models import SegmentComment, Term, VersionState
from newsroom.translation.review.standing import Standing, standing_of, target_of
from newsroom.translation.segments import save_segment, segments_of
from newsroom.translation.terms import Termbase
from tests.factories import make_article
from tests.translation.articles import paragraphs, republish, state, submit, translate
from tests.translation.factories import make_concept

State = VersionState.State


@pytest.fixture
def translation(article, locales, committed):
    with committed():
        return submit(article, locales["ru"])


def account(name: str, *groups: str):
    user = get_user_model().objects.create_user(name, f"{name}@example.org")
    user.groups.add(*Group.objects.filter(name__in=groups))
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def translator(client, translation):
    user = account("translator", "Translators: ru")
    client.force_login(user)
    return user


@pytest.fixture
def editor(translation):
    return account("editor", "Language editors: ru")


def url_of(translation) -> str:
    return reverse("translation_desk:segments", args=[translation.pk])


def post(client, translation, action: str, **texts: str):
    """Post the page as a browser does, with *texts* by their sources."""
    form = {"action": action}
    for segment in segments_of(translation):
        form[f"seen-{segment.key}"] = segment.translation
        form[f"text-{segment.key}"] = texts.get(segment.source, segment.translation)
    return client.post(url_of(translation), form, follow=True)


def key_of(translation, source: str) -> str:
    return next(s.key for s in segments_of(translation) if s.source == source)


def text_of(translation, source: str) -> str:
    return next(s.translation for s in segments_of(translation) if s.source == source)


def test_the_desk_leads_a_translator_to_the_segments(client, translation, translator):
    html = client.get(reverse("translation_desk:index")).content.decode()
    assert url_of(translation) in html
    html = client.get(url_of(translation)).content.decode()
    assert "Бірінші сөйлем." in html
    assert "0 of 4 segments translated" in html


def test_every_text_that_was_written_is_saved_whichever_button_is_pressed(
    client, translation, translator
):
    key = key_of(translation, "Бірінші сөйлем.")
    texts = {"Бірінші сөйлем.": "Первое.", "Екінші сөйлем.": "Второе."}
    response = post(client, translation, f"save:{key}", **texts)
    assert "2 segments have been saved." in response.content.decode()
    assert response.redirect_chain[-1][0].endswith(f"#s{key}")
    assert text_of(translation, "Екінші сөйлем.") == "Второе."
    saved = StringTranslation.objects.get(data="Первое.")
    assert saved.last_translated_by == translator
    assert state(target_of(translation), "ru").percent == 50


def test_a_text_that_is_emptied_is_no_translation_any_more(
    client, translation, translator
):
    post(client, translation, "save", **{"Бірінші сөйлем.": "Первое."})
    post(client, translation, "save", **{"Бірінші сөйлем.": ""})
    assert text_of(translation, "Бірінші сөйлем.") == ""
    assert not StringTranslation.objects.filter(locale=translation.target_locale)


def test_what_someone_else_has_saved_meanwhile_is_not_overwritten(
    client, translation, translator
):
    source, key = "Бірінші сөйлем.", key_of(translation, "Бірінші сөйлем.")
    context, string = map(int, key.split("-"))
    save_segment(translation, context, string, "Чужое.", user=None)
    form = {f"seen-{key}": "", f"text-{key}": "Моё.", "action": "save"}
    html = client.post(url_of(translation), form).content.decode()
    assert text_of(translation, source) == "Чужое."
    assert "Чужое." in html
    assert ">Моё.</textarea>" in html
    # Having seen it, the translator may decide.
    client.post(url_of(translation), form | {f"seen-{key}": "Чужое."})
    assert text_of(translation, source) == "Моё."


def test_segments_are_shown_as_text_and_stored_clean(client, translation, translator):
    nasty = "<script>alert(1)</script>Первое<img src=x onerror=alert(1)>"
    response = post(client, translation, "save", **{"Бірінші сөйлем.": nasty})
    assert "<script>alert" not in response.content.decode()
    assert "script" not in text_of(translation, "Бірінші сөйлем.")
    assert "onerror" not in text_of(translation, "Бірінші сөйлем.")


def test_the_segments_shown_can_be_narrowed(client, translation, translator):
    post(client, translation, "save", **{"Бірінші сөйлем.": "Первое 300."})
    page = client.get(url_of(translation), {"show": "untranslated"})
    assert [row.segment.source for row in page.context["rows"]] == [
        "Қалалардың болашағы",
        "Форум өтті.",
        "Екінші сөйлем.",
    ]
    page = client.get(url_of(translation), {"show": "warnings"})
    (row,) = page.context["rows"]
    assert "The number 300 is not in the original." in page.content.decode()
    assert row.label == "Paragraph"


def test_pages_of_any_length_cost_the_same(
    client, translation, translator, article, sections, locales, committed
):
    counts = []
    with committed():
        texts = [f"Сөйлем {number} туралы." for number in range(60)]
        body = paragraphs(None, *texts)
        import json

        long = make_article(sections["kk"], title="Ұзақ", body=json.dumps(body))
        many = submit(long, locales["ru"])
    for one in (translation, many):
        client.get(url_of(one))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url_of(one)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# The memory.


def test_what_was_translated_nearly_the_same_is_suggested_with_the_difference(
    client, translation, translator, sections, locales, committed
):
    old = "Қызылорда қаласында ұлттық урбанистік форум ашылды."
    new = "Қызылорда қаласында екінші ұлттық урбанистік форум ашылды."
    with committed():
        earlier = submit(make_article(sections["kk"], title=old), locales["ru"])
        translate(earlier, {old: "Открылся форум."})
        later = submit(make_article(sections["kk"], title=new), locales["ru"])
    rows = client.get(url_of(later)).context["rows"]
    (suggestion,) = rows[0].suggestions
    assert suggestion.text == "Открылся форум."
    assert 75 <= suggestion.percent < 100
    assert [p.text.strip() for p in suggestion.pieces if p.kind == "added"] == [
        "екінші"
    ]
    key = rows[0].segment.key
    post(client, later, f"use:{key}:0")
    assert text_of(later, new) == "Открылся форум."


def test_the_memory_works_in_the_other_direction_too(
    sections, locales, committed, translation
):
    with committed():
        earlier = submit(
            make_article(sections["kk"], title="Қала дамиды"), locales["ru"]
        )
        translate(earlier, {"Қала дамиды": "Город быстро развивается сегодня"})
        back = submit(
            make_article(sections["ru"], title="Город быстро развивается сейчас"),
            locales["kk"],
        )
    found = memory.suggestions(
        segments_of(back), source=locales["ru"].pk, target=locales["kk"].pk, code="ru"
    )
    texts = [one.text for one in found[segments_of(back)[0].key]]
    assert texts == ["Қала дамиды"]


def test_the_memory_can_be_made_anew(translation, locales, sections, committed):
    translate(translation)
    before = set(memory.MemoryKey.objects.values_list("text", "locale", "kind", "key"))
    memory.MemoryKey.objects.all().delete()
    assert memory.rebuild() == 4
    after = set(memory.MemoryKey.objects.values_list("text", "locale", "kind", "key"))
    assert before == after != set()


@pytest.mark.parametrize("query", ["қаланың", "qalanyñ", "город", "городах"])
def test_the_concordance_finds_any_form_in_any_script(
    client, translation, translator, query
):
    post(
        client,
        translation,
        "save",
        **{"Қалалардың болашағы": "Будущее городов", "Форум өтті.": "Прошёл форум."},
    )
    page = client.get(reverse("translation_desk:concordance"), {"q": query})
    assert [row.data for row in page.context["object_list"]] == ["Будущее городов"]
    assert "Қалалардың болашағы" in page.content.decode()


def test_the_concordance_shows_nothing_of_what_a_user_may_not_see(
    client, translation, editor, article
):
    translate(translation)
    client.force_login(account("kazakh", "Translators: en"))
    article.unpublish()
    page = client.get(reverse("translation_desk:concordance"), {"q": "форум"})
    assert not page.context["object_list"]


# Terms.


@pytest.fixture
def term(db):
    return make_concept({"kk": "тұрақты даму", "ru": "устойчивое развитие"})


@pytest.mark.parametrize(
    ("source", "translated", "is_missing"),
    [
        ("Тұрақты дамудың жолы", "Путь устойчивого развития", False),
        ("Тұрақты дамуға жол", "Путь к стабильному развитию", True),
        ("Тұрақты-даму туралы", "", False),
    ],
)
def test_agreed_terms_are_found_in_any_form(term, source, translated, is_missing):
    (hint,) = Termbase("kk", "ru").hints(source, translated)
    assert hint.agreed == ("устойчивое развитие",)
    assert hint.is_missing == is_missing


def test_a_deprecated_term_that_was_written_is_said(term):
    locale = term.terms.get(text="устойчивое развитие").locale
    Term.objects.create(
        concept=term,
        locale=locale,
        text="стабильное развитие",
        status=Term.Status.DEPRECATED,
    )
    (hint,) = Termbase("kk", "ru").hints("Тұрақты даму", "Стабильного развития")
    assert hint.used_deprecated == ("стабильное развитие",)


def test_a_term_that_does_not_stand_there_is_no_hint(term):
    assert Termbase("kk", "ru").hints("Тұрақты баға және даму", "Цена") == []


# Comments and review.


def test_comments_stand_at_their_segment_until_they_are_settled(
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


def test_what_is_not_translated_is_not_handed_in(client, translation, translator):
    response = post(client, translation, "hand-in")
    assert "There are errors left to mend: 4." in response.content.decode()
    assert standing_of(target_of(translation)) == Standing.NOT_HANDED_IN


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
    assert standing_of(page) == Standing.IN_REVIEW
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
    with committed():
        post(client, translation, "hand-in")
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
    assert standing_of(target_of(translation)) == Standing.IN_REVIEW


def test_what_is_handed_in_is_not_shown_to_readers_before_it_is_published(
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
