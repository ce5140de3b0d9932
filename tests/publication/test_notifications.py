"""Recipients and contents of the e-mails about failed publications and expiries."""

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from newsroom.publication.models import FailedExpiry, RefusedPublication
from newsroom.publication.notifications import notify_not_taken_down, notify_refused
from newsroom.publication.signals import publication_refused
from tests.translation.segments import account

EDITORS = "News editors"


@pytest.fixture
def author(db):
    return account("author", EDITORS)


@pytest.fixture
def other(db):
    return account("other", EDITORS)


@pytest.fixture
def refusal(page, author) -> RefusedPublication:
    return RefusedPublication.objects.create(
        revision=page.save_revision(user=author),
        page=page,
        go_live_at=timezone.now(),
        reasons={"en": ["Not like this."]},
    )


@pytest.fixture
def failed(page, author) -> FailedExpiry:
    page.save_revision(user=author).publish()
    page = Page.objects.get(pk=page.pk)
    return FailedExpiry.objects.create(
        page=page, expire_at=timezone.now(), reasons={"en": ["It is quoted."]}
    )


@pytest.fixture
def recipients_of(committed):
    """Return a function that notifies and returns the sorted addresses of the mails."""

    def tell(notify, *args) -> list[str]:
        mail.outbox.clear()
        with committed():
            notify(*args)
        return sorted(address for letter in mail.outbox for address in letter.to)

    return tell


@pytest.fixture
def named():
    """Yield users whom another app names, and what it was asked about."""
    users, asked = [], []

    def name(sender, page, **kwargs):
        asked.append((sender, page))
        return users

    def name_nobody(**kwargs):
        return None

    for receiver in (name_nobody, name):
        publication_refused.connect(receiver)
    yield users, asked
    for receiver in (name_nobody, name):
        publication_refused.disconnect(receiver)


def test_the_account_that_scheduled_it_is_notified_before_the_author(
    refusal, author, other, recipients_of
):
    assert recipients_of(notify_refused, refusal, other.pk) == [other.email]
    assert recipients_of(notify_refused, refusal, None) == [author.email]


def test_the_mail_contains_page_reasons_and_url_of_the_editor(
    refusal, failed, author, recipients_of
):
    recipients_of(notify_refused, refusal, author.pk)
    (letter,) = mail.outbox
    edit = reverse("wagtailadmin_pages:edit", args=[refusal.page_id])
    url = settings.WAGTAILADMIN_BASE_URL + edit
    assert letter.subject == "Not published: P 0"
    assert "- Not like this." in letter.body
    assert letter.body.startswith("It was to be published at ")
    assert letter.body.strip().endswith(url)
    recipients_of(notify_not_taken_down, failed)
    (letter,) = mail.outbox
    assert letter.subject == "Not taken down: P 0"
    assert "- It is quoted." in letter.body
    assert letter.body.startswith("It was to be taken down at ")
    assert letter.body.strip().endswith(url)


def test_a_refusal_without_a_page_sends_no_mail(refusal, author, recipients_of):
    refusal.page = None
    assert recipients_of(notify_refused, refusal, author.pk) == []


@pytest.mark.parametrize("state", ["inactive", "deleted"])
def test_all_users_who_may_publish_are_notified_if_the_author_is_not_active(
    refusal, failed, author, other, recipients_of, state
):
    account("translator", "Translators: ru")
    key = author.pk
    if state == "inactive":
        author.is_active = False
        author.save()
    else:
        author.delete()
    refusal.refresh_from_db()
    failed = FailedExpiry.objects.get()
    assert recipients_of(notify_refused, refusal, key) == [other.email]
    assert recipients_of(notify_not_taken_down, failed) == [other.email]


def test_users_named_by_other_apps_are_notified_too_but_no_user_twice(
    refusal, failed, author, other, recipients_of, named
):
    users, asked = named
    users.extend([other, author])
    expected = sorted([author.email, other.email])
    assert recipients_of(notify_refused, refusal, author.pk) == expected
    assert recipients_of(notify_not_taken_down, failed) == expected
    assert asked == [
        (RefusedPublication, refusal.page),
        (FailedExpiry, failed.page),
    ]


def test_the_author_of_the_live_revision_is_notified_of_a_failed_expiry(
    failed, author, other, recipients_of
):
    failed.page.save_revision(user=other)  # a later draft
    failed.page.refresh_from_db()
    assert recipients_of(notify_not_taken_down, failed) == [author.email]


def test_without_a_live_revision_the_author_of_the_draft_is_notified(
    failed, other, recipients_of
):
    failed.page.save_revision(user=other)
    Page.objects.filter(pk=failed.page_id).update(live_revision=None)
    failed = FailedExpiry.objects.get()
    assert recipients_of(notify_not_taken_down, failed) == [other.email]


def test_without_a_revision_the_owner_is_notified(page, author, other, recipients_of):
    Page.objects.filter(pk=page.pk).update(owner=other)
    page.refresh_from_db()
    failed = FailedExpiry.objects.create(page=page, expire_at=timezone.now())
    assert recipients_of(notify_not_taken_down, failed) == [other.email]
