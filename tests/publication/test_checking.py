"""Checks whether a revision can be published, and by whom, without publishing it."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, PageLogEntry, Task

from newsroom.articles.refusals import Reason, vetoes
from newsroom.publication.checking import not_allowed, scheduled_by, why_not
from tests.publication.test_scheduled import schedule_at
from tests.translation.segments import account

EDITORS = "News editors"


@pytest.fixture
def seen():
    """Yield the pages that vetoes were asked about."""
    pages = []

    def veto(page):
        pages.append(page)
        return []

    vetoes.append(veto)
    yield pages
    vetoes.remove(veto)


def test_vetoes_judge_the_page_as_the_revision_would_make_it(page, seen):
    page.title = "Newer"
    revision = page.save_revision()
    assert why_not(revision) == []
    (judged,) = seen
    assert (judged.title, judged.live, judged.live_revision) == (
        "Newer",
        True,
        revision,
    )
    assert not Page.objects.get(pk=page.pk).live


def test_objections_come_before_errors_of_fields(page, make_page, vetoed):
    other = make_page(slug="taken")
    vetoed.add(page.pk)
    revision = page.save_revision()
    revision.content["slug"] = other.slug
    revision.save()
    with override("en"):
        objection, invalid = why_not(revision)
    assert objection == Reason("test", "Not like this.")
    assert invalid.code == "invalid:slug"


def test_the_last_account_that_scheduled_a_revision_is_returned(page):
    first, second = account("first", EDITORS), account("second", EDITORS)
    revision = schedule_at(page, first)
    assert scheduled_by(revision) == first.pk
    revision.publish(user=second)
    assert scheduled_by(revision) == first.pk  # publishing is not scheduling
    again = schedule_at(page, second)
    assert (scheduled_by(revision), scheduled_by(again)) == (first.pk, second.pk)


def test_entries_are_ordered_by_their_times_and_then_by_their_keys(page):
    first, second = account("first", EDITORS), account("second", EDITORS)
    revision = schedule_at(page, first)
    entry = PageLogEntry.objects.get(action="wagtail.publish.schedule")
    entry.pk, entry.user = None, second
    entry.save(force_insert=True)
    assert scheduled_by(revision) == second.pk
    older = PageLogEntry.objects.filter(user=first, action=entry.action)
    older.update(timestamp=timezone.now())
    assert scheduled_by(revision) == first.pk


def test_a_revision_scheduled_by_code_has_no_account(page):
    assert scheduled_by(schedule_at(page)) is None


def said(page, user) -> list[tuple[str, str]]:
    with override("en"):
        return [(one.code, one.text) for one in not_allowed(page, user)]


def test_no_permission_is_needed_for_code_or_for_objects_that_are_no_pages(page):
    assert said(page, None) == []
    assert said(Task(name="x"), account("nobody").pk) == []


def test_the_account_must_exist_be_active_and_have_the_permission(page):
    user = account("planner", EDITORS)
    assert said(page, user.pk) == []
    user.is_active = False
    user.save()
    assert said(page, user.pk) == [
        (
            "permission:inactive",
            "The account that planned it is not active: planner.",
        )
    ]
    user.is_active = True
    user.save()
    user.groups.clear()
    assert said(page, user.pk) == [
        ("permission", "planner, who planned it, may not publish it.")
    ]
    key = user.pk
    get_user_model().objects.all().delete()
    assert said(page, key) == [
        ("permission:deleted", "The account that planned it has been deleted.")
    ]
