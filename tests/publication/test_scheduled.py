"""Scheduled publications: a refusal is reported once and does not stop others."""

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from newsroom.articles.models import ArticlePage
from newsroom.publication import schedule
from newsroom.publication.models import RefusedPublication
from newsroom.translation.models import TranslationStatus
from newsroom.translation.segments import save_segment, segments_of
from newsroom.translation.sources import target_of
from newsroom.worker.schedule import PROMPT, run_jobs
from tests.translation.articles import state, submit, translate
from tests.translation.segments import account

PAST = timedelta(minutes=5)


def schedule_at(page, user=None, moment=None) -> Revision:
    """Schedule the page as its editor does, then let its time come."""
    page = page.get_latest_revision_as_object()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision(user=user)
    revision.publish(user=user)
    moment = moment or timezone.now() - PAST
    content = revision.content | {"go_live_at": moment.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=moment, content=content
    )
    return Revision.objects.get(pk=revision.pk)


def minutes(committed, count: int = 3) -> None:
    for _minute in range(count):
        with committed():
            run_jobs(PROMPT)


def is_live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


@pytest.fixture
def planner(db):
    return account("planner", "News editors")


def test_a_refused_page_is_mailed_once_and_others_are_published(
    drafts, refused, planner, committed, caplog, client
):
    for number, page in enumerate(drafts):
        schedule_at(page, planner, timezone.now() - timedelta(minutes=9 - number))
    caplog.set_level(logging.WARNING)
    minutes(committed)
    assert [is_live(page) for page in drafts] == [False, True, True, True, True]
    (letter,) = mail.outbox
    assert letter.to == [planner.email]
    assert "Not like this." in letter.body
    assert caplog.text.count("was refused") == 1
    assert "Traceback" not in caplog.text
    client.force_login(planner)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[drafts[0].pk]))
    assert "It was not published at its time" in edit.content.decode()
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Not published at its time" in home
    assert "Not like this." in home
    desk = client.get(reverse("translation_desk:index")).content.decode()
    # Drafts without translations are rows of the desk too, as originals.
    assert "Not like this." in desk


def test_a_refused_publication_is_retried_only_after_a_change(
    drafts, refused, planner, committed, monkeypatch
):
    page = drafts[0]
    schedule_at(page, planner)
    tried = []
    usual = schedule._publish
    monkeypatch.setattr(
        schedule, "_publish", lambda revision: tried.append(1) or usual(revision)
    )
    minutes(committed)
    assert (tried, len(mail.outbox)) == ([], 1)
    refused.clear()
    minutes(committed)
    assert (tried, is_live(page)) == ([1], True)
    assert not RefusedPublication.objects.exists()
    assert len(mail.outbox) == 1


def test_a_new_time_is_a_new_publication(drafts, refused, planner, committed):
    page = drafts[0]
    revision = schedule_at(page, planner)
    minutes(committed, 1)
    later = timezone.now() + timedelta(hours=2)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=later)
    assert not RefusedPublication.objects.standing().exists()
    minutes(committed, 1)
    assert not RefusedPublication.objects.exists()
    schedule_at(page, planner)
    minutes(committed)
    assert len(mail.outbox) == 2


def test_a_cancelled_schedule_is_no_refusal_any_more(
    drafts, refused, planner, committed, client
):
    revision = schedule_at(drafts[0], planner)
    minutes(committed, 1)
    client.force_login(planner)
    url = reverse(
        "wagtailadmin_pages:revisions_unschedule", args=[drafts[0].pk, revision.pk]
    )
    client.post(url)
    minutes(committed, 1)
    assert not RefusedPublication.objects.exists()


def taken_slug(revision, other):
    Page.objects.filter(pk=other.pk).update(slug="taken")
    revision.content["slug"] = "taken"
    revision.save()


def empty_lead(revision, other):
    revision.content["lead"] = ""
    revision.save()


@pytest.mark.parametrize(
    ("breaks", "reason"),
    [(taken_slug, "taken"), (empty_lead, "Lead: ")],
    ids=["slug", "required field"],
)
def test_contents_that_are_not_valid_are_named_with_their_field(
    drafts, planner, committed, breaks, reason, caplog
):
    page, other = drafts[:2]
    breaks(schedule_at(page, planner), other)
    minutes(committed)
    assert not is_live(page)
    (letter,) = mail.outbox
    assert reason in letter.body
    assert "Traceback" not in caplog.text


def rights_withdrawn(user):
    user.groups.clear()


def deactivated(user):
    user.is_active = False
    user.save()


def deleted(user):
    user.delete()


@pytest.mark.parametrize("loses", [rights_withdrawn, deactivated, deleted])
def test_the_scheduling_user_needs_permission_at_publication_time(
    drafts, planner, committed, loses
):
    other = account("other", "News editors")
    schedule_at(drafts[0], planner)
    loses(planner)
    minutes(committed)
    assert not is_live(drafts[0])
    refusal = RefusedPublication.objects.get()
    assert len(refusal.reasons["en"]) == 1
    to = {address for letter in mail.outbox for address in letter.to}
    assert to == {planner.email if loses is rights_withdrawn else other.email}


def test_a_revision_scheduled_without_a_user_is_published(drafts, committed):
    schedule_at(drafts[0])
    minutes(committed, 1)
    assert is_live(drafts[0])


def test_a_scheduled_revision_of_a_page_deleted_with_its_section_is_unscheduled(
    drafts, section, planner, committed, caplog
):
    schedule_at(drafts[0], planner)
    orphan = Revision.objects.filter(object_id=str(drafts[0].pk)).first()
    section.delete()
    orphan.pk, orphan.approved_go_live_at = None, timezone.now() - PAST
    Revision.objects.bulk_create([orphan])
    minutes(committed)
    assert caplog.text.count("of something deleted: unscheduled") == 1
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


def test_a_fault_of_the_site_is_logged_once_and_told(
    drafts, planner, committed, monkeypatch, caplog
):
    for page in drafts[:2]:
        schedule_at(page, planner)
    usual = ArticlePage.save

    def save(self, *args, **kwargs):
        if self.pk == drafts[0].pk and self.live:
            raise ZeroDivisionError
        usual(self, *args, **kwargs)

    monkeypatch.setattr(ArticlePage, "save", save)
    minutes(committed)
    assert [is_live(page) for page in drafts[:2]] == [False, True]
    assert caplog.text.count("Traceback") == 1
    assert len(mail.outbox) == 1


def test_a_busy_database_is_no_refusal(drafts, planner, committed, monkeypatch):
    schedule_at(drafts[0], planner)
    usual = ArticlePage.save

    def save(self, *args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(ArticlePage, "save", save)
    minutes(committed, 1)
    assert not RefusedPublication.objects.exists()
    monkeypatch.setattr(ArticlePage, "save", usual)
    minutes(committed, 1)
    assert is_live(drafts[0])
    assert mail.outbox == []


def test_two_workers_publish_once(drafts, planner, committed, monkeypatch):
    """The second has listed what is due before the first publishes it."""
    revision = schedule_at(drafts[0], planner)
    with committed():
        assert schedule.publish_revision(revision.pk)
        assert not schedule.publish_revision(revision.pk)
    published = PageLogEntry.objects.filter(action="wagtail.publish.scheduled")
    assert published.count() == 1


def test_machine_text_that_is_accepted_lets_its_translation_be_published(
    article, locales, planner, committed, client
):
    with committed():
        translation = submit(article, locales["ru"])
        translate(translation)
        segment = segments_of(translation)[0]
        place = segment.context, segment.string
        save_segment(translation, *place, "Машина", user=None, machine="M")
        translation.save_target(publish=False)
    translator = account("translator", "Translators: ru")
    TranslationStatus.objects.filter(translation=translation).update(
        translator=translator
    )
    page = target_of(translation)
    schedule_at(page, planner)
    assert state(article, "ru").state == TranslationStatus.State.SCHEDULED
    minutes(committed)
    assert state(article, "ru").state == TranslationStatus.State.REFUSED
    told = sorted(address for letter in mail.outbox for address in letter.to)
    assert told == sorted([planner.email, translator.email])
    with committed():
        save_segment(translation, *place, "Машина", user=translator)
    minutes(committed)
    assert is_live(page)
    assert state(article, "ru").state == TranslationStatus.State.LIVE
    assert len(mail.outbox) == 2


def test_wagtails_command_does_the_same_and_a_dry_run_changes_nothing(
    drafts, refused, planner, committed, capsys
):
    for page in drafts[:2]:
        schedule_at(page, planner)
    call_command("publish_scheduled", "--dryrun")
    assert not is_live(drafts[1])
    with committed():
        call_command("publish_scheduled")
    assert [is_live(page) for page in drafts[:2]] == [False, True]
