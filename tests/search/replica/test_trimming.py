"""The change log is trimmed in every configuration, except rows that are needed."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from search.index import change_log
from search.models import Change, ReplicaState
from search.replica import sync
from search.replica.cluster import configured
from search.replica.sync import KEPT_DAYS, trim
from search.replica.worker import ROUNDS_PER_TRIM, Worker

pytestmark = pytest.mark.django_db

NOBODY = "http://127.0.0.1:9"


def lines(*ages: float) -> list[int]:
    """Write a line for each age in days; return their numbers."""
    numbers = change_log.log([f"article-{number}:kk" for number, _ in enumerate(ages)])
    for number, age in zip(numbers, ages, strict=True):
        at = timezone.now() - timedelta(days=age)
        Change.objects.filter(seq=number).update(at=at)
    return numbers


def kept() -> list[int]:
    return list(Change.objects.order_by("seq").values_list("seq", flat=True))


def worker(said: list[str] | None = None) -> Worker:
    """Make a worker.

    Its rounds close a connection that is inside a transaction, so a test that calls
    them needs a database of its own.
    """
    return Worker(threading.Event(), (said if said is not None else []).append)


OLD, YOUNG = KEPT_DAYS + 1, KEPT_DAYS - 1


@pytest.mark.parametrize(
    ("ages", "first_kept"),
    [
        ([], None),
        ([OLD], 0),
        ([YOUNG, 0], 0),
        ([OLD, OLD, OLD], 2),
        ([OLD, OLD, YOUNG, 0], 1),
        # A machine whose clock was wrong wrote a line among young ones, or ahead.
        ([OLD, OLD, YOUNG, 400, 0], 1),
        ([OLD, OLD, -4000, OLD, 0], 3),
    ],
)
def test_old_lines_go_but_for_the_newest_of_them(ages, first_kept):
    numbers = lines(*ages)
    trim()
    assert kept() == (numbers[first_kept:] if numbers else [])


def test_many_old_lines_go_in_several_transactions(monkeypatch):
    numbers = lines(*[OLD] * 25, 0)
    monkeypatch.setattr(sync, "TRIMMED_AT_ONCE", 10)
    assert trim() == 24
    assert kept() == numbers[24:]
    stopped = lines(*[OLD] * 5)
    Change.objects.update(at=timezone.now() - timedelta(days=OLD))
    assert trim(lambda: True) == 0
    assert kept() == [*numbers[24:], *stopped]


@pytest.mark.parametrize(
    "site",
    [
        pytest.param(None, id="never had Elasticsearch"),
        pytest.param({"urls": []}, id="has none any more"),
        pytest.param({"urls": [NOBODY], "index": "archive"}, id="its node is dead"),
        pytest.param({"urls": [NOBODY], "index": "A B"}, id="its settings are wrong"),
    ],
)
def test_the_worker_trims_the_log_in_every_configuration(own_database, settings, site):
    settings.SEARCH_ELASTICSEARCH = site
    # The state reported by an index that no longer exists.
    numbers = lines(OLD, OLD, OLD, 0)
    ReplicaState.objects.create(
        index="archive", seq=numbers[0], seen_at=timezone.now() - timedelta(days=OLD)
    )
    running = worker()
    running.round()
    assert kept() == numbers[2:]
    more = lines(OLD, OLD, 0)
    Change.objects.exclude(seq=more[-1]).update(at=timezone.now() - timedelta(days=OLD))
    for _ in range(ROUNDS_PER_TRIM - 1):
        running._trim()
    assert kept()[0] == numbers[2]
    running._trim()
    running._trim()
    assert kept() == more[1:]


def test_sync_search_once_trims_the_log_too():
    numbers = lines(OLD, OLD, 0)
    call_command("sync_search", "--once", stdout=StringIO())
    assert kept() == numbers[1:]


def test_an_index_behind_the_trimmed_log_is_reported_to_need_a_rebuild(
    own_database, settings
):
    settings.SEARCH_ELASTICSEARCH = {"urls": [NOBODY], "index": "archive"}
    numbers = lines(OLD, OLD, 0)
    ReplicaState.objects.create(index="archive", seq=numbers[0], seen_at=timezone.now())
    said: list[str] = []
    running = worker(said)
    for _ in range(3):
        running.round()
        running.trims_in = 0
    assert len([line for line in said if "the index is rebuilt when" in line]) == 1
    assert sync.is_lost("archive")
    assert configured() is not None


def test_a_replica_at_a_kept_row_of_the_log_is_not_rebuilt(own_database, settings):
    settings.SEARCH_ELASTICSEARCH = {"urls": [NOBODY], "index": "archive"}
    numbers = lines(OLD, OLD, 0)
    ReplicaState.objects.create(index="archive", seq=numbers[1], seen_at=timezone.now())
    said: list[str] = []
    worker(said).round()
    assert not [line for line in said if "rebuilt" in line]


def test_sync_search_trims_the_log_and_fails_if_elasticsearch_is_down(settings):
    settings.SEARCH_ELASTICSEARCH = {"urls": [NOBODY], "index": "archive"}
    numbers = lines(OLD, OLD, 0)
    with pytest.raises(CommandError):
        call_command("sync_search", "--once", stdout=StringIO())
    assert kept() == numbers[1:]
