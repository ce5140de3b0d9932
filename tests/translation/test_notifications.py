"""E-mail notifications to translators."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from wagtail.users.models import UserProfile

from newsroom.translation.models import TranslationStatus
from tests.translation.articles import republish, state


@pytest.fixture
def translator(db):
    user = get_user_model().objects.create_user("translator", "t@example.org")
    user.is_superuser = True
    user.save()
    UserProfile.objects.create(user=user, preferred_language="ru")
    return user


@pytest.fixture
def assign(log_in, article, locales, translator, committed):
    def assign():
        client = log_in("News editors")
        url = reverse("translation_desk:assign")
        with committed():
            client.post(
                f"{url}?article={state(article, 'kk').pk}",
                {
                    "languages": [locales["ru"].pk, locales["en"].pk],
                    "translator": translator.pk,
                    "due": "2030-05-09",
                    "note": "«Форум» деп & аударыңыз",
                },
            )

    return assign


def test_an_assigned_translator_gets_one_mail_in_their_language(assign, article):
    assign()
    (letter,) = mail.outbox
    assert letter.to == ["t@example.org"]
    assert letter.subject == "Переводы для вас"
    assert letter.body.count(article.title) == 2
    assert "09.05.2030" in letter.body
    assert "«Форум» деп & аударыңыз" in letter.body
    assert state(article, "ru").due == date(2030, 5, 9)


def test_the_translator_gets_one_mail_when_the_original_changes(
    article, published, translator, committed
):
    TranslationStatus.objects.filter(locale=published.target_locale).update(
        translator=translator
    )
    with committed():
        republish(article, title="Жаңа тақырып", lead="Жаңа лид.")
    (letter,) = mail.outbox
    assert "Жаңа тақырып" in letter.subject
    mail.outbox.clear()
    with committed():
        republish(article)
    assert mail.outbox == []


def test_the_translator_gets_no_mail_when_changes_are_undone(
    article, published, translator, committed
):
    before = article.title, article.lead
    TranslationStatus.objects.filter(locale=published.target_locale).update(
        translator=translator
    )
    with committed():
        republish(article, title="Жаңа тақырып", lead="Жаңа лид.")
    assert state(article, "ru").segments_changed == 2
    mail.outbox.clear()
    with committed():
        republish(article, title=before[0], lead="Жаңа лид.")
    assert state(article, "ru").segments_changed == 1
    with committed():
        republish(article, title=before[0], lead=before[1])
    assert state(article, "ru").segments_changed == 0
    assert mail.outbox == []


def test_a_failed_mail_is_logged_and_the_assignment_stored(
    assign, article, monkeypatch, caplog
):
    def refuse(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    assign()
    assert state(article, "ru").translator
    assert "could not be told" in caplog.text
