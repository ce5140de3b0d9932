"""Publication of one due revision: success, refusal, failure of the database."""

import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page, PageLogEntry, Revision

from newsroom.articles.refusals import Reason, vetoes
from newsroom.publication import schedule
from newsroom.publication.models import RefusedPublication
from newsroom.publication.schedule import publish_revision, publish_scheduled
from newsroom.translation.releases.due import publish_due
from newsroom.worker import schedule as worker
from tests.publication.test_scheduled import PAST, is_live, schedule_at
from tests.translation.segments import account


@pytest.fixture
def planner(db):
    return account("planner", "News editors")


@pytest.fixture
def due(page, planner) -> Revision:
    return schedule_at(page, planner)


@pytest.fixture
def refusal(due, vetoed, page) -> RefusedPublication:
    """Return the record of a revision that a veto refused."""
    vetoed.add(page.pk)
    assert publish_revision(due.pk) is False
    return RefusedPublication.objects.get()


@pytest.fixture
def attempts(monkeypatch):
    """Return the calls of ``Revision.publish`` and the errors that it raises."""
    usual, calls, errors = Revision.publish, [], []

    def publish(self, **kwargs):
        calls.append((self.pk, kwargs))
        if errors:
            raise errors.pop(0)
        usual(self, **kwargs)

    monkeypatch.setattr(Revision, "publish", publish)
    return calls, errors


def reload(revision) -> Revision:
    return Revision.objects.get(pk=revision.pk)


def test_a_due_revision_is_published_and_logged_as_scheduled(due, page):
    assert publish_revision(due.pk) is True
    assert Page.objects.get(pk=page.pk).live_revision == due
    assert reload(due).approved_go_live_at is None
    entries = PageLogEntry.objects.filter(page=page.pk)
    assert entries.filter(action="wagtail.publish.scheduled").count() == 1
    assert not RefusedPublication.objects.exists()
    assert publish_revision(due.pk) is False


def test_a_revision_is_due_from_its_time_on(page, attempts, monkeypatch):
    revision = schedule_at(page)
    moment = revision.approved_go_live_at
    monkeypatch.setattr(timezone, "now", lambda: moment - timedelta(microseconds=1))
    assert publish_revision(revision.pk) is False
    assert publish_scheduled() == 0
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert publish_scheduled() == 1
    assert is_live(page)


def test_a_revision_that_another_worker_has_locked_is_skipped(due, locks):
    assert publish_revision(due.pk) is True
    assert locks[0] == (Revision, {"skip_locked": True})


def test_revisions_that_are_not_scheduled_are_not_published(page, attempts):
    draft = page.save_revision()
    assert publish_revision(draft.pk) is False
    assert publish_scheduled() == 0
    assert not is_live(page)


def test_a_refusal_is_recorded_with_its_time_page_and_reasons(refusal, due, page):
    assert not is_live(page)
    assert (refusal.revision, refusal.page) == (due, page)
    assert refusal.go_live_at == due.approved_go_live_at
    assert refusal.reasons == {code: ["Not like this."] for code in ("kk", "ru", "en")}
    assert refusal.told == ["test"]


def test_a_refused_revision_is_not_attempted_and_stays_scheduled(
    refusal, due, attempts
):
    calls, _errors = attempts
    assert publish_revision(due.pk) is False
    assert calls == []
    assert reload(due).approved_go_live_at == due.approved_go_live_at


def test_each_code_of_a_refusal_is_logged_and_notified_once(
    due, page, planner, committed, caplog
):
    reasons = [Reason("b", "B"), Reason("a", "A"), Reason("b", "B too")]

    def veto(one):
        return list(reasons)

    vetoes.append(veto)
    caplog.set_level(logging.WARNING, logger=schedule.logger.name)
    try:
        with committed():
            publish_revision(due.pk)
            publish_revision(due.pk)
        assert caplog.messages == [f"{due} was refused: a, b"]
        (letter,) = mail.outbox
        assert letter.to == [planner.email]
        reasons.append(Reason("c", "C"))
        with committed():
            publish_revision(due.pk)
        assert caplog.messages[1:] == [f"{due} was refused: a, b, c"]
        assert len(mail.outbox) == 2
        del reasons[1:]
        with committed():
            publish_revision(due.pk)
        assert len(mail.outbox) == 2
    finally:
        vetoes.remove(veto)
    assert RefusedPublication.objects.get().reasons["en"] == ["B"]


def test_the_log_names_codes_of_the_default_language(due, caplog):
    def veto(page):
        return [Reason(get_language(), "x")]

    vetoes.append(veto)
    caplog.set_level(logging.WARNING, logger=schedule.logger.name)
    try:
        publish_revision(due.pk)
    finally:
        vetoes.remove(veto)
    assert caplog.messages == [f"{due} was refused: kk"]


def test_a_revision_without_objections_left_is_published_and_its_record_deleted(
    refusal, due, vetoed, page
):
    vetoed.clear()
    assert publish_revision(due.pk) is True
    assert is_live(page)
    assert not RefusedPublication.objects.exists()


def test_a_failed_attempt_is_recorded_and_undone(due, page, attempts, caplog):
    _calls, errors = attempts
    errors.append(PermissionDenied())
    assert publish_revision(due.pk) is False
    refusal = RefusedPublication.objects.get()
    assert refusal.told == ["permission"]
    assert refusal.reasons["en"] == ["You may not publish it."]
    assert "Traceback" not in caplog.text


def test_an_unexpected_failure_is_logged_with_its_traceback(
    due, page, monkeypatch, caplog
):
    def publish(self, **kwargs):
        Page.objects.filter(pk=page.pk).update(title="Half done")
        raise ZeroDivisionError

    monkeypatch.setattr(Revision, "publish", publish)
    caplog.set_level(logging.ERROR, logger=schedule.logger.name)
    assert publish_revision(due.pk) is False
    assert Page.objects.get(pk=page.pk).title == "P 0"
    assert caplog.messages == [f"{due} could not be published at its time."]
    assert "Traceback" in caplog.text
    assert RefusedPublication.objects.get().told == ["error:ZeroDivisionError"]


def draft_again(page, revision):
    page.save_revision()


def published_otherwise(page, revision):
    Page.objects.filter(pk=page.pk).update(live_revision=revision)


def moved(page, revision):
    Page.objects.filter(pk=page.pk).update(path=page.path[:-4] + "00ZZ")


def other_time(page, revision):
    earlier = revision.approved_go_live_at - timedelta(hours=1)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=earlier)


@pytest.mark.parametrize(
    "change", [draft_again, published_otherwise, moved, other_time]
)
def test_a_failed_attempt_is_repeated_only_if_the_page_has_changed(
    due, page, attempts, change
):
    calls, errors = attempts
    errors.extend([ZeroDivisionError(), ZeroDivisionError()])
    publish_revision(due.pk)
    publish_revision(due.pk)
    assert len(calls) == 1
    change(page, due)
    publish_revision(due.pk)
    assert len(calls) == 2
    refusal = RefusedPublication.objects.get()
    assert refusal.go_live_at == reload(due).approved_go_live_at


def test_the_record_is_of_one_revision_even_if_another_fails_alike(
    due, page, make_page, planner, vetoed
):
    other = schedule_at(make_page(), planner)
    vetoed |= {page.pk, int(other.object_id)}
    publish_revision(due.pk)
    publish_revision(other.pk)
    prints = RefusedPublication.objects.values_list("fingerprint", flat=True)
    assert len(set(prints)) == 2
    assert all(len(one) == 64 for one in prints)


def test_the_account_that_scheduled_it_must_have_the_permission_and_is_notified(
    due, page, planner, committed
):
    planner.groups.clear()
    with committed():
        assert publish_revision(due.pk) is False
    refusal = RefusedPublication.objects.get()
    assert refusal.told == ["permission"]
    text = "planner, who planned it, may not publish it."
    assert refusal.reasons["en"] == [text]
    assert [letter.to for letter in mail.outbox] == [[planner.email]]
    get_user_model().objects.get(pk=planner.pk).delete()
    publish_revision(due.pk)
    assert RefusedPublication.objects.get().told == ["permission", "permission:deleted"]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("where", ["veto", "publication"])
def test_a_failing_database_is_no_refusal(due, page, attempts, error, where):
    _calls, errors = attempts

    def veto(one):
        raise error

    if where == "veto":
        vetoes.append(veto)
    else:
        errors.append(error())
    try:
        with pytest.raises(error):
            publish_revision(due.pk)
    finally:
        if where == "veto":
            vetoes.remove(veto)
    assert not RefusedPublication.objects.exists()
    assert publish_revision(due.pk) is True


def test_a_revision_that_cannot_be_read_is_logged_once(due, monkeypatch, caplog):
    def veto(one):
        raise KeyError

    vetoes.append(veto)
    caplog.set_level(logging.WARNING, logger=schedule.logger.name)
    try:
        publish_revision(due.pk)
        publish_revision(due.pk)
    finally:
        vetoes.remove(veto)
    assert caplog.messages == [
        f"Revision {due.pk} cannot be read.",
        f"{due} was refused: error:KeyError",
    ]
    assert "Traceback" in caplog.text


def test_field_errors_found_in_an_attempt_name_their_fields(due, attempts):
    _calls, errors = attempts
    errors.append(ValidationError({"slug": "Taken."}))
    publish_revision(due.pk)
    assert RefusedPublication.objects.get().reasons["en"] == ["Slug: Taken."]


def test_field_errors_of_an_unreadable_revision_name_their_fields(due):
    def veto(page):
        raise ValidationError({"slug": "Taken."})

    vetoes.append(veto)
    try:
        publish_revision(due.pk)
    finally:
        vetoes.remove(veto)
    assert RefusedPublication.objects.get().reasons["en"] == ["Slug: Taken."]


def test_a_revision_of_a_deleted_page_is_unscheduled(due, make_page, page, caplog):
    other = schedule_at(make_page())
    Revision.objects.filter(pk=due.pk).update(object_id="999999")
    caplog.set_level(logging.WARNING, logger=schedule.logger.name)
    assert publish_revision(due.pk) is False
    assert reload(due).approved_go_live_at is None
    assert reload(other).approved_go_live_at == other.approved_go_live_at
    message = f"Revision {due.pk} is of something deleted: unscheduled."
    assert caplog.messages == [message]


@pytest.fixture
def one_by_one(monkeypatch):
    """Return the primary keys that ``publish_revision`` is called with; some raise."""
    calls, broken = [], set()

    def publish(pk):
        calls.append(pk)
        if pk in broken:
            raise OperationalError
        return True

    monkeypatch.setattr(schedule, "publish_revision", publish)
    return calls, broken


def test_revisions_are_published_oldest_first_and_after_a_failure_too(
    make_page, one_by_one, caplog
):
    calls, broken = one_by_one
    moment = timezone.now() - PAST
    spans = (2, 5, 0, 2)
    revisions = [
        schedule_at(make_page(), moment=moment - timedelta(minutes=span))
        for span in spans
    ]
    broken.add(revisions[1].pk)
    caplog.set_level(logging.WARNING, logger=schedule.logger.name)
    assert publish_scheduled() == 3
    assert calls == [revisions[n].pk for n in (1, 0, 3, 2)]
    message = f"Revision {revisions[1].pk} could not be published at its time."
    assert caplog.messages == [message]
    assert "Traceback" in caplog.text


def test_records_of_another_time_are_deleted(refusal, due, one_by_one):
    publish_scheduled()
    assert RefusedPublication.objects.get() == refusal
    other_time(None, due)
    publish_scheduled()
    assert not RefusedPublication.objects.exists()


def test_expired_pages_are_taken_down_first(due, monkeypatch, one_by_one):
    calls, _broken = one_by_one
    monkeypatch.setattr(schedule, "expire", lambda: calls.append("expire"))
    publish_scheduled()
    assert calls == ["expire", due.pk]


def test_the_worker_publishes_every_minute_after_the_releases(monkeypatch):
    """A release publishes its versions together, and leaves the others to this job."""
    (release,) = [job for job in worker._jobs if job.run is publish_due]
    monkeypatch.setattr(worker, "_jobs", [])
    apps.get_app_config("publication").ready()
    (job,) = worker._jobs
    assert (job.run, job.every_seconds) == (publish_scheduled, worker.PROMPT)
    assert release.every_seconds == job.every_seconds
    assert release.order + 1 == job.order
