"""A failed expiry is reported once and does not stop other pages."""

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from newsroom.articles.models import ArticlePage
from newsroom.publication import expiry
from newsroom.publication.models import FailedExpiry
from tests.factories import make_article
from tests.publication.test_scheduled import PAST, is_live, minutes
from tests.translation.segments import account


@pytest.fixture
def author(db):
    return account("author", "News editors")


@pytest.fixture
def expired(section, author):
    """Return three live articles whose expiry date has passed."""
    pages = [make_article(section, title=f"Е {n}") for n in range(3)]
    for page in pages:
        page.save_revision(user=author).publish(user=author)
        expire_since(page, PAST)
    return pages


def expire_since(page, span: timedelta) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - span)


@pytest.fixture
def stuck(expired, monkeypatch):
    """Make unpublishing the first page fail; return the errors and the attempts."""
    usual, tried, errors = Page.unpublish, [], [ZeroDivisionError("no")]

    def unpublish(self, **kwargs):
        if self.pk == expired[0].pk:
            tried.append(self.pk)
            if errors:
                raise errors[0]
        usual(self, **kwargs)

    monkeypatch.setattr(Page, "unpublish", unpublish)
    return errors, tried


def test_a_failed_expiry_is_mailed_once_and_does_not_stop_others(
    expired, stuck, author, committed, caplog, client
):
    _errors, tried = stuck
    caplog.set_level(logging.WARNING)
    minutes(committed, 4)
    assert [is_live(page) for page in expired] == [True, False, False]
    assert len(tried) == 1
    assert caplog.text.count("could not be unpublished") == 1
    assert caplog.text.count("ZeroDivisionError: no") == 1
    (letter,) = mail.outbox
    assert letter.to == [author.email]
    assert letter.subject == "Not taken down: Е 0"
    assert "readers still see it" in letter.body
    assert reverse("wagtailadmin_pages:edit", args=[expired[0].pk]) in letter.body
    client.force_login(author)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Not taken down at its time" in home
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[expired[0].pk]))
    assert "It was not taken down at its time" in edit.content.decode()


def test_a_failed_expiry_is_retried_after_a_change_and_once_a_day(
    expired, stuck, author, committed, monkeypatch, caplog
):
    errors, tried = stuck
    minutes(committed)
    assert len(tried) == 1
    expired[0].refresh_from_db()
    expired[0].save_revision(user=author)
    minutes(committed)
    assert len(tried) == 2
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(expiry.timezone, "localdate", lambda: tomorrow)
    minutes(committed)
    assert len(tried) == 3
    assert len(mail.outbox) == 1
    assert caplog.text.count("could not be unpublished") == 1
    errors.clear()
    expired[0].save_revision(user=author)
    minutes(committed)
    assert (len(tried), is_live(expired[0])) == (4, False)
    assert not FailedExpiry.objects.exists()


def test_another_reason_or_expiry_date_is_mailed_again(
    expired, stuck, author, committed
):
    errors, _tried = stuck
    minutes(committed)
    errors[:] = [ValidationError("It is quoted.")]
    expired[0].refresh_from_db()
    expired[0].save_revision(user=author)
    minutes(committed)
    assert len(mail.outbox) == 2
    assert "It is quoted." in mail.outbox[1].body
    expire_since(expired[0], timedelta(minutes=1))
    minutes(committed)
    assert len(mail.outbox) == 3


def withdrawn(page):
    Page.objects.filter(pk=page.pk).update(live=False)


def postponed(page):
    expire_since(page, -timedelta(days=1))


def deleted(page):
    page.delete()


@pytest.mark.parametrize("mends", [withdrawn, postponed, deleted])
def test_a_failed_expiry_that_was_resolved_is_deleted(expired, stuck, committed, mends):
    errors, _tried = stuck
    minutes(committed, 1)
    errors.clear()
    mends(ArticlePage.objects.get(pk=expired[0].pk))
    minutes(committed, 1)
    assert not FailedExpiry.objects.exists()
    assert len(mail.outbox) == 1


def test_a_busy_database_is_no_failure(expired, stuck, committed):
    errors, tried = stuck
    errors[:] = [OperationalError("database is locked")]
    minutes(committed, 2)
    assert not FailedExpiry.objects.exists()
    assert len(tried) == 2
    errors.clear()
    minutes(committed, 1)
    assert not is_live(expired[0])
    assert mail.outbox == []


def test_two_workers_take_a_page_down_once(expired, committed):
    with committed():
        expiry.take_down(expired[0].pk)
        expiry.take_down(expired[0].pk)
    assert not is_live(expired[0])
