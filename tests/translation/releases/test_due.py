"""Due releases: which are published, in what order, and what is said of failures."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.users.models import UserProfile

from newsroom.translation.models import Release
from newsroom.translation.releases import due
from newsroom.translation.releases.publishing import NotReadyError
from tests.translation.test_releases import release_of

State = Release.State


@pytest.fixture
def published(monkeypatch) -> list[tuple[Release, str | None]]:
    """Publish nothing; return what would be, with the active language."""
    called: list[tuple[Release, str | None]] = []

    def publish(release: Release) -> None:
        called.append((release, get_language()))

    monkeypatch.setattr(due, "publish", publish)
    return called


def minutes_ago(number: int):
    return timezone.now() - timedelta(minutes=number)


@pytest.mark.parametrize("state", State)
def test_only_planned_and_failed_releases_are_published(
    draft, editor, locales, published, state
):
    release = release_of(draft, editor, locales, publish_at=minutes_ago(1), state=state)
    is_open = state in {State.PLANNED, State.FAILED}
    assert due.publish_due() == int(is_open)
    assert [one for one, _language in published] == ([release] if is_open else [])


def test_a_release_waits_for_its_time(draft, editor, locales, published):
    release_of(draft, editor, locales, publish_at=minutes_ago(-1))
    release_of(draft, editor, locales)
    assert due.publish_due() == 0
    assert published == []


def test_those_due_longest_are_published_first(draft, editor, locales, published):
    releases = [
        release_of(draft, editor, locales, publish_at=minutes_ago(number))
        for number in (1, 3, 2)
    ]
    assert due.publish_due() == 3
    first, second, third = (releases[index] for index in (1, 2, 0))
    assert [one for one, _language in published] == [first, second, third]


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_what_fails_is_said_in_the_planners_language(
    draft, editor, locales, monkeypatch, committed, code
):
    UserProfile.objects.update_or_create(
        user=editor, defaults={"preferred_language": code}
    )
    release = release_of(draft, editor, locales, publish_at=minutes_ago(1))

    def breaks(release: Release) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(due, "publish", breaks)
    with committed():
        assert due.publish_due() == 0
    release.refresh_from_db()
    words = {"kk": "журналында", "ru": "журнале", "en": "log"}
    assert words[code] in release.reason
    assert release.state == State.FAILED
    assert release.attempt == due.fingerprint(release)


def test_a_failed_release_is_attempted_again_only_after_a_change(
    draft, editor, locales, published
):
    release = release_of(draft, editor, locales, publish_at=minutes_ago(1))
    release.state, release.attempt = State.FAILED, due.fingerprint(release)
    release.save()
    assert due.publish_due() == 0
    assert published == []
    release.publish_at = minutes_ago(2)
    release.save()
    assert due.publish_due() == 1
    assert [one for one, _language in published] == [release]


def test_the_planner_is_notified_of_the_first_failure_only(
    draft, editor, locales, monkeypatch
):
    told: list[int] = []
    monkeypatch.setattr(due, "notify_release", lambda release: told.append(release.pk))
    release = release_of(draft, editor, locales, publish_at=minutes_ago(1))
    due.fail(release, "First.", "a")
    due.fail(release, "Second.", "b")
    assert told == [release.pk]
    release.refresh_from_db()
    assert (release.reason, release.attempt) == ("Second.", "b")
    due.fail_again(release, "Third.")
    assert told == [release.pk]
    release.refresh_from_db()
    assert release.reason == "Third."
    assert release.attempt == due.fingerprint(release)


def test_a_release_that_another_worker_has_published_does_not_fail(
    draft, editor, locales, monkeypatch
):
    told: list[int] = []
    monkeypatch.setattr(due, "notify_release", lambda release: told.append(release.pk))
    release = release_of(draft, editor, locales, publish_at=minutes_ago(1))
    Release.objects.filter(pk=release.pk).update(state=State.PUBLISHED)
    due.fail(release, "Late.", "a")
    release.refresh_from_db()
    assert (release.state, release.reason, told) == (State.PUBLISHED, "", [])


@pytest.mark.parametrize(
    ("state", "has_failed", "is_told"),
    [
        (State.PUBLISHED, False, False),
        (State.PUBLISHED, True, True),
        (State.PARTLY, False, True),
        (State.NOTHING_NEW, False, True),
    ],
)
def test_the_planner_is_notified_of_what_was_not_expected(
    draft, editor, locales, monkeypatch, state, has_failed, is_told
):
    told: list[int] = []
    monkeypatch.setattr(due, "notify_release", lambda release: told.append(release.pk))
    before = State.FAILED if has_failed else State.PLANNED
    release = release_of(
        draft, editor, locales, publish_at=minutes_ago(1), state=before
    )

    def publish(release: Release) -> None:
        release.state = state

    monkeypatch.setattr(due, "publish", publish)
    assert due.publish_due() == 1
    assert told == ([release.pk] if is_told else [])


def test_a_reason_is_kept_as_it_was_given(draft, editor, locales, monkeypatch):
    release = release_of(draft, editor, locales, publish_at=minutes_ago(1))

    def publish(release: Release) -> None:
        raise NotReadyError("Kazakh is missing.")

    monkeypatch.setattr(due, "publish", publish)
    assert due.publish_due() == 0
    release.refresh_from_db()
    assert release.reason == "Kazakh is missing."
    assert release.attempt == due.fingerprint(release)
