"""A worker that is killed loses no task, and two workers do each task once."""

from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.images import get_image_model

from newsroom.pictures.layouts import ROW
from newsroom.pictures.tasks import make_later
from newsroom.worker import kinds, running
from newsroom.worker.kinds import ItemOutcome, JobKind
from newsroom.worker.models import Job, JobItem, WorkerHeartbeat
from newsroom.worker.queue import ENDLESS
from newsroom.worker.recovery import (
    DEAD_AFTER,
    DELAY_FACTOR,
    FIRST_DELAY,
    HEARTBEATS_KEPT,
    MAX_ATTEMPTS,
    beat,
    forget_dead_workers,
    recover,
)
from tests.articles.pictures import picture_file
from tests.worker.processes import PATIENCE_SECONDS, kill_at_work, noted, start_worker
from tests.worker.working import run_waiting

READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING
FAILED, SUCCESSFUL = TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL


def make_picture():
    file = ContentFile(picture_file((60, 40)), name="a.jpg")
    return get_image_model().objects.create(title="a", file=file, width=60, height=40)


def later() -> object:
    """Return a time at which a worker that died now is known to be dead."""
    return timezone.now() + DEAD_AFTER + timedelta(seconds=1)


def test_a_picture_task_whose_worker_is_killed_is_done_by_the_next(
    own_database, tmp_path
):
    picture, notes = make_picture(), tmp_path / "notes"
    make_later(picture.pk, [ROW])
    kill_at_work(start_worker(own_database, notes, hangs=True), notes)
    task = DBTaskResult.objects.get()
    assert (task.status, noted(notes)) == (RUNNING, [picture.pk])
    assert recover() == 0  # it may be alive
    assert recover(now=later()) == 1
    assert recover(now=later()) == 0
    DBTaskResult.objects.update(run_after=timezone.now())
    run_waiting()
    task.refresh_from_db()
    assert task.status == SUCCESSFUL
    assert len(task.worker_ids) == 2
    assert picture.renditions.count() == len(ROW.specs_of(picture))


def test_two_workers_at_once_do_every_task_once(own_database, tmp_path):
    pictures = [make_picture().pk for _ in range(20)]
    for pk in pictures:
        make_later(pk, [ROW])
    notes = tmp_path / "notes"
    workers = [start_worker(own_database, notes, hangs=False) for _ in range(2)]
    assert [worker.wait(PATIENCE_SECONDS) for worker in workers] == [0, 0]
    assert Counter(noted(notes)) == Counter(pictures)
    assert DBTaskResult.objects.successful().count() == len(pictures)


@pytest.fixture
def task(db):
    """Return a picture task that a worker has begun."""
    make_later(1, [ROW])
    DBTaskResult.objects.update(
        status=RUNNING, started_at=timezone.now(), worker_ids=["first"]
    )
    return DBTaskResult.objects.get()


def test_a_task_is_left_to_a_worker_that_is_alive_however_long_it_takes(task):
    now = timezone.now() + timedelta(hours=5)
    beat("first", now=now)
    assert recover(now=now) == 0
    assert recover(now=now + DEAD_AFTER + timedelta(seconds=1)) == 1


def test_a_task_of_a_dead_worker_is_taken_over_once(task):
    from newsroom.worker import recovery

    seen = DBTaskResult.objects.get()
    assert recover(now=later()) == 1
    assert not recovery._queue_again(seen, timezone.now())


def test_a_task_that_kills_its_worker_each_time_is_given_up(task):
    DBTaskResult.objects.update(worker_ids=["a"] * MAX_ATTEMPTS)
    assert recover(now=later()) == 1
    task.refresh_from_db()
    assert task.status == FAILED
    assert "died" in task.traceback
    assert recover(now=later()) == 0


def test_a_task_that_fails_is_tried_again_after_growing_delays(task):
    now = timezone.now()
    DBTaskResult.objects.update(status=FAILED, finished_at=now)
    for attempt in range(1, MAX_ATTEMPTS):
        DBTaskResult.objects.update(
            status=FAILED, finished_at=now, worker_ids=["a"] * attempt
        )
        assert recover(now=now) == 1
        task.refresh_from_db()
        assert task.status == READY
        assert task.run_after == now + FIRST_DELAY * DELAY_FACTOR ** (attempt - 1)
    DBTaskResult.objects.update(
        status=FAILED, finished_at=now, worker_ids=["a"] * MAX_ATTEMPTS
    )
    assert recover(now=now) == 0


def test_heartbeats_of_dead_workers_are_forgotten(db):
    now = timezone.now()
    beat("old", now=now - HEARTBEATS_KEPT - timedelta(seconds=1))
    beat("new", now=now)
    forget_dead_workers(now=now)
    assert [one.worker_id for one in WorkerHeartbeat.objects.all()] == ["new"]


def test_an_item_that_kills_its_worker_each_time_is_given_up_and_the_rest_is_done(
    db, monkeypatch
):
    monkeypatch.setattr(kinds, "_kinds", {})
    begun: Counter = Counter()

    def do(user, params, item):
        begun[item["name"]] += 1
        return ItemOutcome("done")

    def prepare(user, params, item):
        if item["name"] == "b":
            raise KeyboardInterrupt  # passes every handler, as a kill does
        return None

    kind = kinds.register(JobKind("deadly", "Deadly", lambda *a: do(*a[:3]), prepare))
    user = get_user_model().objects.create_user("owner")
    job = running.start(
        kind, user=user, items=[(name, {"name": name}) for name in "abc"]
    )
    for _ in range(running.MAX_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            running.run_job.call(job.pk)
    running.run_job.call(job.pk)
    assert [item.state for item in job.items.all()] == [
        JobItem.State.DONE,
        JobItem.State.FAILED,
        JobItem.State.DONE,
    ]
    assert job.items.get(subject="b").message
    assert begun == {"a": 1, "c": 1}


def test_an_endless_job_is_resumed_after_any_number_of_killed_workers(db):
    DBTaskResult.objects.all().delete()
    running.run_job.enqueue(0)
    DBTaskResult.objects.update(
        status=RUNNING, started_at=timezone.now(), worker_ids=["a"] * 9
    )
    assert recover(endless=ENDLESS, now=later()) == 1
    assert DBTaskResult.objects.get().status == READY


def test_a_job_whose_task_is_gone_is_queued_again_once(db):
    long_ago = timezone.now() - running.LOST_AFTER * 2
    job = Job.objects.create(kind="x", state=Job.State.RUNNING, seen_at=long_ago)
    assert running.take_up() == 1
    Job.objects.update(seen_at=long_ago)
    assert running.take_up() == 0
    running.run_job.call(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
