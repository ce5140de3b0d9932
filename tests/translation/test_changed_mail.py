"""The mail "The original has changed" to the translator of a published translation.

It is sent when the number of changes grows: when a translation becomes outdated, and
when more of its original changes. It is not sent when changes are reverted, translated
or replaced by as many others, because the translator was notified of the work already.
"""

import json

import pytest
from django.core import mail

from newsroom.translation.models import TranslationStatus
from newsroom.translation.status import counting
from newsroom.translation.status.counting import count
from tests.translation.articles import (
    paragraphs,
    republish,
    state,
    translate,
    translate_one,
)
from tests.translation.segments import account

State = TranslationStatus.State


@pytest.fixture
def translator(article, published):
    user = account("translator", "Translators: ru")
    TranslationStatus.objects.filter(translation=published).update(translator=user)
    return user


@pytest.fixture
def counted(article, published, translator, committed, monkeypatch):
    """Store a number of changes, count another one, and return the letters sent."""
    usual = counting.article_versions
    counts = {"after": 0}

    def article_versions(key, known):
        rows = usual(key, known)
        for row in rows:
            if row.locale.language_code == "ru":
                row.segments_changed = counts["after"]
                row.state = State.OUTDATED if counts["after"] else State.LIVE
        return rows

    monkeypatch.setattr(counting, "article_versions", article_versions)

    def count_changes(before: int, after: int) -> list:
        TranslationStatus.objects.filter(translation=published).update(
            segments_changed=before, state=State.OUTDATED if before else State.LIVE
        )
        counts["after"] = after
        mail.outbox.clear()
        with committed():
            count(article.translation_key)
        assert state(article, "ru").segments_changed == after
        return list(mail.outbox)

    return count_changes


@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("after", range(4))
def test_a_mail_is_sent_only_if_the_number_of_changes_grows(
    counted, translator, article, before, after
):
    letters = counted(before, after)
    assert len(letters) == (1 if after > before else 0)
    for letter in letters:
        assert letter.to == [translator.email]
        assert letter.subject == f"The original has changed: {article.title}"
        assert f"\n{after} change" in letter.body


def test_the_first_count_of_a_version_sends_no_mail(
    counted, article, published, translator, committed
):
    assert counted(0, 0) == []
    TranslationStatus.objects.filter(translation_key=article.translation_key).delete()
    with committed():
        count(article.translation_key)
    assert mail.outbox == []


def test_a_version_without_a_translator_sends_no_mail(counted, published):
    TranslationStatus.objects.filter(translation=published).update(translator=None)
    assert counted(0, 2) == []


@pytest.fixture
def change(article, published, translator, committed):
    """Publish the original with these texts; return the changes and letters sent."""

    def publish(lead: str, *texts: str) -> tuple[int, int]:
        mail.outbox.clear()
        with committed():
            body = json.dumps(paragraphs(article, *texts))
            republish(article, lead=lead, body=body)
        return state(article, "ru").segments_changed, len(mail.outbox)

    return publish


def test_an_original_that_changes_and_is_reverted_step_by_step(
    change, article, published, committed
):
    old = ("Форум өтті.", "Бірінші сөйлем.", "Екінші сөйлем.")
    assert change(*old) == (0, 0)
    assert change("Өзге.", "Басқа.", "Бөлек.") == (3, 1)
    assert change("Өзге.", "Басқа.", "Бөлек.") == (3, 0)
    assert change("Өзге.", old[1], "Бөлек.") == (2, 0)
    assert change("Өзге.", "Тағы.", "Бөлек.") == (3, 1)
    assert change(*old) == (0, 0)
    assert state(article, "ru").state == State.LIVE
    assert change(old[0], "Басқа.", old[2]) == (1, 1)
    assert state(article, "ru").state == State.OUTDATED


def test_a_translation_brought_up_to_date_and_outdated_again_by_fewer_changes(
    change, article, published, committed
):
    assert change("Өзге.", "Басқа.", "Бөлек.") == (3, 1)
    mail.outbox.clear()
    with committed():
        translate(published)
        published.save_target(publish=True)
    assert (state(article, "ru").segments_changed, mail.outbox) == (0, [])
    assert change("Өзге.", "Басқа.", "Соңғы.") == (1, 1)


def test_translating_changes_sends_no_mail(change, article, published, committed):
    assert change("Өзге.", "Басқа.", "Екінші сөйлем.") == (2, 1)
    mail.outbox.clear()
    with committed():
        translate_one(published, "Өзге.", "Иное.")
    assert mail.outbox == []
