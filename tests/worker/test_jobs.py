"""Background jobs: each item once, even if others fail or the worker dies."""

from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from newsroom.worker import kinds, running
from newsroom.worker.kinds import ItemFailedError, ItemOutcome, JobKind
from newsroom.worker.models import Job, JobItem
from newsroom.worker.queue import QueueWorker
from tests.worker.working import do_jobs

pytestmark = pytest.mark.django_db

DONE, FAILED, WAITING = JobItem.State.DONE, JobItem.State.FAILED, JobItem.State.WAITING


@pytest.fixture
def user(db):
    user = get_user_model().objects.create_user("owner")
    user.groups.add(Group.objects.get(name="Journalists"))
    UserProfile.objects.create(user=user, preferred_language="kk")
    return user


@pytest.fixture
def other(db):
    user = get_user_model().objects.create_user("other")
    user.groups.add(Group.objects.get(name="Journalists"))
    return user


@pytest.fixture
def done():
    """Return how often each item was done."""
    return Counter()


@pytest.fixture
def kind(monkeypatch, done):
    """Return a kind of job whose items create a group, and may fail."""
    monkeypatch.setattr(kinds, "_kinds", {})

    def do(user, params, item):
        done[item["name"]] += 1
        Group.objects.create(name=item["name"])
        if error := params.get(item["name"]):
            raise {"failed": ItemFailedError, "broken": ValueError, "dead": SystemExit}[
                error
            ](f"because of {item['name']}")
        return ItemOutcome(f"{get_language()} {item['name']}", "/there/")

    return kinds.register(JobKind("test", "Test", do))


def started(kind, user, *names: str, **params: str) -> Job:
    return running.start(
        kind, user=user, items=[(n, {"name": n}) for n in names], params=params
    )


def states(job: Job) -> list[str]:
    return [item.state for item in job.items.all()]


def groups() -> set[str]:
    return set(Group.objects.filter(name__in="abcde").values_list("name", flat=True))


def test_every_item_is_done_in_the_language_of_the_owner(kind, user):
    job = started(kind, user, "a", "b")
    assert states(job) == [WAITING, WAITING]
    do_jobs()
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert job.finished_at
    assert [item.message for item in job.items.all()] == ["kk a", "kk b"]
    assert [item.url for item in job.items.all()] == ["/there/"] * 2


def test_a_job_of_a_rolled_back_transaction_is_not_run(kind, user):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        started(kind, user, "a")
        raise ZeroDivisionError
    do_jobs()
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_an_item_that_fails_leaves_nothing_and_the_others_are_done(kind, user, caplog):
    job = started(kind, user, "a", "b", "c", "d", b="failed", c="broken")
    do_jobs()
    assert states(job) == [DONE, FAILED, FAILED, DONE]
    messages = [item.message for item in job.items.all()]
    assert messages[1] == "because of b"
    assert "because of c" not in messages[2]
    assert messages[2]
    assert "because of c" in caplog.text
    assert groups() == {"a", "d"}


def test_a_job_whose_worker_dies_is_taken_up_and_no_item_is_done_twice(
    kind, user, done
):
    job = started(kind, user, "a", "b", "c", b="dead")
    do_jobs()
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    assert states(job) == [DONE, WAITING, WAITING]
    do_jobs()
    assert states(job) == [DONE, WAITING, WAITING]  # it is tried again, but not at once
    DBTaskResult.objects.update(run_after=timezone.now())
    Job.objects.update(params={})
    do_jobs()
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert states(job) == [DONE] * 3
    assert done == {"a": 1, "b": 2, "c": 1}
    assert groups() == {"a", "b", "c"}


def test_a_worker_that_ends_leaves_the_rest_to_the_next(kind, user, done, monkeypatch):
    job = started(kind, user, "a", "b")
    running.ending.set()
    try:
        running.run_job.call(job.pk)
    finally:
        running.ending.clear()
    assert not done
    do_jobs()
    assert states(job) == [DONE, DONE]


def test_a_worker_that_ends_leaves_the_rest_of_the_queue_to_the_next(
    kind, user, monkeypatch
):
    jobs = [started(kind, user, "a"), started(kind, user, "b")]
    finished = QueueWorker.run_task

    def run_and_end(self, task):
        running.ending.set()
        finished(self, task)

    try:
        with monkeypatch.context() as patch:
            patch.setattr(QueueWorker, "run_task", run_and_end)
            do_jobs()
    finally:
        running.ending.clear()
    assert DBTaskResult.objects.ready().count() == 2
    do_jobs()
    assert [states(job) for job in jobs] == [[DONE], [DONE]]


def test_a_stopped_job_processes_no_more_items(kind, user, done):
    job = started(kind, user, "a", "b")
    running.stop(job)
    do_jobs()
    job.refresh_from_db()
    assert job.state == Job.State.STOPPED
    assert not done


def test_slow_steps_are_prepared_outside_the_transaction(user, monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    depth = len(transaction.get_connection().savepoint_ids)
    seen = []

    def prepare(user, params, item):
        seen.append(len(transaction.get_connection().savepoint_ids) - depth)
        return "prepared"

    def do(user, params, item, prepared):
        seen.append(len(transaction.get_connection().savepoint_ids) - depth)
        return ItemOutcome(prepared)

    kind = kinds.register(JobKind("slow", "Slow", do, prepare))
    job = started(kind, user, "a")
    do_jobs()
    assert job.items.get().message == "prepared"
    assert seen == [0, 1]


def test_jobs_of_unknown_kind_or_inactive_owner_fail(kind, user):
    job = started(kind, user, "a")
    unknown = started(JobKind("unknown", "Unknown", kind.do), user, "b")
    user.is_active = False
    user.save()
    do_jobs()
    assert states(job) == states(unknown) == [FAILED]
    assert "unknown" in unknown.items.get().message
    assert job.items.get().message


def test_the_pages_show_how_far_it_is_and_what_failed(kind, user, client):
    UserProfile.objects.update(preferred_language="en")
    client.force_login(user)
    job = started(kind, user, "a", "b", "c", b="failed")
    url = reverse("jobs:job", args=[job.pk])
    html = client.get(url).content.decode()
    assert "0 of 3" in html
    assert "refresh" in html
    do_jobs()
    html = client.get(url).content.decode()
    assert "3 of 3" in html
    assert "failed: 1" in html
    assert html.index("because of b") < html.index("en a")
    assert "http-equiv" not in html
    assert "3 of 3" in client.get(reverse("jobs:index")).content.decode()


def test_pages_of_a_job_cost_the_same_for_any_number_of_items(
    kind, user, client, django_assert_num_queries
):
    client.force_login(user)
    few, many = started(kind, user, "a"), started(kind, user, *("b" * 300))
    client.get(reverse("jobs:job", args=[few.pk]))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for job in (few, many):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("jobs:job", args=[job.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_jobs_are_seen_by_their_owner_and_by_those_who_publish(
    kind, user, other, client
):
    job = started(kind, user, "a")
    url = reverse("jobs:job", args=[job.pk])
    client.force_login(other)
    for answer in (client.get, client.post):
        assert answer(url, follow=True).status_code == 404
    client.post(reverse("jobs:stop", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    other.groups.add(Group.objects.get(name="News editors"))
    client.force_login(get_user_model().objects.get(pk=other.pk))
    assert client.get(url).status_code == 200
    client.post(reverse("jobs:stop", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    client.force_login(user)
    assert client.get(reverse("jobs:stop", args=[job.pk])).status_code == 405
    client.post(reverse("jobs:stop", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == Job.State.STOPPED


def test_the_queue_forgets_what_is_long_over(kind, user):
    started(kind, user, "a")
    do_jobs()
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=8))
    do_jobs()
    assert not DBTaskResult.objects.exists()
    assert Job.objects.count() == 1
