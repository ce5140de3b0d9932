"""Unpublication of one expired page: success, failure, failure of the database."""

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page, PageLogEntry

from newsroom.articles.refusals import PublicationRefused, Reason
from newsroom.publication import expiry
from newsroom.publication.expiry import expire, take_down
from newsroom.publication.models import FailedExpiry
from tests.publication.test_scheduled import PAST, is_live
from tests.translation.segments import account


def expire_at(page, moment) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=moment)


@pytest.fixture
def make_expired(make_page):
    def make(span=PAST, **fields) -> Page:
        page = make_page(**fields)
        page.save_revision().publish()
        expire_at(page, timezone.now() - span)
        return Page.objects.get(pk=page.pk)

    return make


@pytest.fixture
def expired(make_expired) -> Page:
    return make_expired()


@pytest.fixture
def attempts(monkeypatch):
    """Return the keywords of calls of ``Page.unpublish``, and the error it raises."""
    usual, calls, errors = Page.unpublish, [], []

    def unpublish(self, **kwargs):
        calls.append(kwargs)
        if errors:
            Page.objects.filter(pk=self.pk).update(title="Half done")
            raise errors[0]
        usual(self, **kwargs)

    monkeypatch.setattr(Page, "unpublish", unpublish)
    return calls, errors


def test_an_expired_page_is_unpublished_and_marked_as_expired(expired):
    take_down(expired.pk)
    page = Page.objects.get(pk=expired.pk)
    assert (page.live, page.expired) == (False, True)
    entries = PageLogEntry.objects.filter(page=page.pk)
    assert entries.filter(action="wagtail.unpublish.scheduled").count() == 1


def test_a_page_is_expired_from_its_time_on(expired, attempts, monkeypatch):
    calls, _errors = attempts
    moment = expired.expire_at
    monkeypatch.setattr(timezone, "now", lambda: moment - timedelta(microseconds=1))
    take_down(expired.pk)
    expire()
    assert calls == []
    monkeypatch.setattr(timezone, "now", lambda: moment)
    expire()
    assert not is_live(expired)


def test_pages_that_are_not_live_or_do_not_expire_are_left_alone(
    expired, make_expired, attempts
):
    calls, _errors = attempts
    Page.objects.filter(pk=expired.pk).update(live=False)
    lasting = make_expired()
    expire_at(lasting, None)
    for page in (expired, lasting):
        take_down(page.pk)
    expire()
    assert calls == []


def test_a_page_that_another_worker_has_locked_is_skipped(expired, locks):
    """Only the row of the page is locked, not those of joined tables."""
    take_down(expired.pk)
    assert locks[0] == (Page, {"skip_locked": True, "of": ("self",)})
    assert not is_live(expired)


def test_a_failure_is_undone_and_recorded(expired, attempts):
    _calls, errors = attempts
    errors.append(PermissionDenied())
    take_down(expired.pk)
    page = Page.objects.get(pk=expired.pk)
    assert (page.live, page.title) == (True, "P 0")
    failed = FailedExpiry.objects.get()
    assert (failed.page, failed.expire_at) == (expired, expired.expire_at)
    assert failed.told == ["permission"]
    assert failed.reasons["en"] == ["You may not publish it."]
    assert len(failed.fingerprint) == 64


def test_a_field_error_names_the_field(expired, attempts):
    _calls, errors = attempts
    errors.append(ValidationError({"slug": "Taken."}))
    take_down(expired.pk)
    assert FailedExpiry.objects.get().reasons["en"] == ["Slug: Taken."]


def newer_draft(page):
    page.save_revision()


def other_live_revision(page):
    Page.objects.filter(pk=page.pk).update(live_revision=None)


def published_again(page):
    Page.objects.filter(pk=page.pk).update(last_published_at=timezone.now())


def moved(page):
    Page.objects.filter(pk=page.pk).update(path=page.path[:-4] + "00ZZ")


def other_time(page):
    expire_at(page, page.expire_at - timedelta(hours=1))


@pytest.mark.parametrize(
    "change",
    [newer_draft, other_live_revision, published_again, moved, other_time],
)
def test_a_failed_attempt_is_repeated_only_if_the_page_has_changed(
    expired, attempts, change
):
    calls, errors = attempts
    errors.append(ZeroDivisionError())
    take_down(expired.pk)
    take_down(expired.pk)
    assert len(calls) == 1
    change(expired)
    take_down(expired.pk)
    assert len(calls) == 2


def test_a_failed_attempt_is_repeated_on_the_next_day(expired, attempts, monkeypatch):
    calls, errors = attempts
    errors.append(ZeroDivisionError())
    take_down(expired.pk)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    take_down(expired.pk)
    take_down(expired.pk)
    assert len(calls) == 2


def test_the_record_is_of_one_page_even_if_another_fails_alike(
    expired, make_expired, attempts
):
    calls, errors = attempts
    other = make_expired()
    errors.append(ZeroDivisionError())
    for page in (expired, other):
        take_down(page.pk)
    assert len(calls) == 2
    prints = FailedExpiry.objects.values_list("fingerprint", flat=True)
    assert len(set(prints)) == 2


def test_the_record_is_deleted_when_the_page_is_taken_down(expired, attempts):
    _calls, errors = attempts
    errors.append(ZeroDivisionError())
    take_down(expired.pk)
    errors.clear()
    newer_draft(expired)
    take_down(expired.pk)
    assert not is_live(expired)
    assert not FailedExpiry.objects.exists()


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_failing_database_is_no_failure_of_the_page(expired, attempts, error):
    _calls, errors = attempts
    errors.append(error())
    with pytest.raises(error):
        take_down(expired.pk)
    assert not FailedExpiry.objects.exists()


@pytest.fixture
def reports_of(caplog, committed):
    """Return a function that takes down a page and returns log lines and subjects."""
    caplog.set_level(logging.WARNING, logger=expiry.logger.name)

    def tell(page) -> tuple[list[str], list[str]]:
        caplog.clear()
        mail.outbox.clear()
        with committed():
            take_down(page.pk)
        return caplog.messages, [letter.subject for letter in mail.outbox]

    return tell


def test_each_code_is_logged_and_notified_once_for_each_expiry_date(
    expired, attempts, reports_of
):
    account("editor", "News editors")
    _calls, errors = attempts
    errors.append(PublicationRefused([Reason("b", "B"), Reason("a", "A")]))
    logged = f"{expired} could not be unpublished at its time: "
    letter = [f"Not taken down: {expired}"]
    assert reports_of(expired) == ([f"{logged}a, b"], letter)
    newer_draft(expired)
    assert reports_of(expired) == ([], [])
    errors[:] = [PublicationRefused([Reason("c", "C")])]
    newer_draft(expired)
    assert reports_of(expired) == ([f"{logged}c"], letter)
    other_time(expired)
    assert reports_of(expired) == ([f"{logged}c"], letter)
    assert FailedExpiry.objects.get().expire_at < expired.expire_at


def test_the_log_names_codes_of_the_default_language(expired, monkeypatch, reports_of):
    def reasons_of(error, page):
        return [Reason(get_language(), "x")]

    def unpublish(self, **kwargs):
        raise PermissionDenied

    monkeypatch.setattr(Page, "unpublish", unpublish)
    monkeypatch.setattr(expiry, "reasons_of", reasons_of)
    (message,), _letters = reports_of(expired)
    assert message.endswith(": kk")


@pytest.mark.parametrize(
    ("error", "has_traceback"),
    [
        (PermissionDenied(), False),
        (ValidationError("x"), False),
        (ZeroDivisionError(), True),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_an_unexpected_error_is_logged_with_its_traceback(
    expired, attempts, caplog, error, has_traceback
):
    _calls, errors = attempts
    errors.append(error)
    take_down(expired.pk)
    (record,) = [one for one in caplog.records if one.name == expiry.logger.name]
    assert (record.exc_info is not None) is has_traceback
    assert ("ZeroDivisionError" in caplog.text.split("time: ")[-1]) is has_traceback


@pytest.fixture
def one_by_one(monkeypatch):
    """Return the primary keys that ``take_down`` is called with; some raise."""
    calls, broken = [], set()

    def take_down(pk):
        calls.append(pk)
        if pk in broken:
            raise OperationalError

    monkeypatch.setattr(expiry, "take_down", take_down)
    return calls, broken


def test_pages_are_taken_down_oldest_first_and_after_a_failure_too(
    make_expired, one_by_one, caplog
):
    calls, broken = one_by_one
    now = timezone.now()
    pages = [make_expired() for _ in range(4)]
    for page, span in zip(pages, (2, 5, 1, 2), strict=True):
        expire_at(page, now - timedelta(minutes=span))
    broken.add(pages[1].pk)
    caplog.set_level(logging.WARNING, logger=expiry.logger.name)
    expire()
    assert calls == [pages[n].pk for n in (1, 0, 3, 2)]
    message = f"Page {pages[1].pk} could not be unpublished at its time."
    assert caplog.messages == [message]
    assert "Traceback" in caplog.text


def test_pages_taken_down_long_ago_are_not_even_read(expired, one_by_one):
    calls, _broken = one_by_one
    Page.objects.filter(pk=expired.pk).update(live=False)
    expire()
    assert calls == []


def test_records_of_pages_that_are_not_live_are_deleted(
    expired, make_expired, attempts, one_by_one
):
    _calls, errors = attempts
    other = make_expired()
    errors.append(ZeroDivisionError())
    for page in (expired, other):
        take_down(page.pk)
    expire()
    assert FailedExpiry.objects.count() == 2
    Page.objects.filter(pk=expired.pk).update(live=False)
    expire()
    assert FailedExpiry.objects.get().page == other
