"""The checkpoint is stored in the index: a restored index continues from it."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from search.index import entries
from search.models import Change, Entry
from search.replica.cluster import writing_client
from search.replica.indices import new_name, own_indices, put_in_place
from search.replica.rebuilding import Rebuild
from search.replica.schema import CHECKPOINT
from search.replica.sync import KEPT_DAYS, follow, lag, trim
from search.replica.worker import Worker, is_in_step
from search.replica.writing import checkpoint, set_checkpoint
from tests.search.records import record
from tests.search.replica.archive import assert_answers_agree, filled
from tests.search.replica.running import assert_same

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def client(own_database, cluster):
    filled(20)
    client = writing_client(cluster)
    Rebuild(client, cluster, str).run()
    return client


@pytest.fixture
def worker(client):
    return Worker(threading.Event(), str)


def rounds(worker: Worker) -> None:
    for _ in range(5):
        worker.round()


def change(times: int) -> None:
    for number in range(times):
        entries.put(record(f"old-{number}", f"форум {number}"))
    entries.remove(["old-19:kk"])


def restored_from(client, cluster, before, keys) -> None:
    """Set the index back to the checkpoint *before*, without *keys*."""
    set_checkpoint(client, before, **before.state)
    for key in keys:
        version = client.get(index=before.index, id=key)["_version"]
        client.delete(
            index=before.index, id=key, version=version, version_type="external_gte"
        )


def test_an_index_that_was_restored_catches_up(client, cluster, worker, settings):
    before = checkpoint(client, cluster.index)
    change(8)
    rounds(worker)
    restored_from(client, cluster, before, [f"old-{n}:kk" for n in range(8)])
    assert not is_in_step(cluster)
    rounds(worker)
    assert is_in_step(cluster)
    assert checkpoint(client, cluster.index).index == before.index
    assert_same(cluster)
    assert_answers_agree(cluster, settings)


def test_an_index_older_than_the_log_is_rebuilt(client, cluster, worker):
    before = checkpoint(client, cluster.index)
    change(8)
    rounds(worker)
    Change.objects.update(at=timezone.now() - timedelta(days=KEPT_DAYS + 1))
    change(9)
    rounds(worker)
    assert trim() > 0
    restored_from(client, cluster, before, ["old-1:kk"])
    rounds(worker)
    assert is_in_step(cluster)
    assert checkpoint(client, cluster.index).index != before.index
    assert_same(cluster)


def test_the_log_is_kept_as_long_as_it_is_needed(client, cluster, worker):
    change(5)
    rounds(worker)
    seq = checkpoint(client, cluster.index).seq
    assert trim() == 0  # young
    old = timezone.now() - timedelta(days=KEPT_DAYS + 1)
    Change.objects.exclude(seq=seq).update(at=old)
    entries.put(record("new", "форум"))
    assert trim() > 0
    # The line where the index stands, all behind it, and one before.
    assert Change.objects.order_by("seq").first().seq == seq - 1
    assert follow(client, cluster.index).carried > 0
    assert_same(cluster)


def test_the_index_of_a_restored_database_is_rebuilt(client, cluster, worker, settings):
    """Its log has gone back to a number that the index is past."""
    (old,) = own_indices(client, cluster.index)
    change(8)
    rounds(worker)
    Change.objects.order_by("-seq")[:1].get().delete()
    Entry.objects.filter(key="old-3:kk").update(title="Сақтық көшірмеден")
    rounds(worker)
    assert old != checkpoint(client, cluster.index).index
    assert_same(cluster)
    assert_answers_agree(cluster, settings)


def test_an_index_of_a_log_with_other_rows_of_the_same_number_is_rebuilt(
    client, cluster, worker
):
    (old,) = own_indices(client, cluster.index)
    newest = Change.objects.order_by("-seq").first()
    Change.objects.filter(pk=newest.pk).update(key="another:kk")
    rounds(worker)
    assert old != checkpoint(client, cluster.index).index
    assert_same(cluster)


def test_an_index_of_another_version_is_rebuilt(client, cluster, worker):
    place = checkpoint(client, cluster.index)
    set_checkpoint(client, place, version=0)
    rounds(worker)
    assert checkpoint(client, cluster.index).index != place.index
    assert_same(cluster)


@pytest.mark.parametrize("said", ["no JSON", "7", '{"line": ""}'])
def test_an_index_with_an_invalid_checkpoint_is_rebuilt(client, cluster, worker, said):
    place = checkpoint(client, cluster.index)
    document = {CHECKPOINT: said}
    client.index(index=place.index, id=CHECKPOINT, document=document)
    rounds(worker)
    assert checkpoint(client, cluster.index).index != place.index
    assert_same(cluster)


def test_an_index_that_stores_sources_is_rebuilt(client, cluster, worker):
    """What the archive made before version 3, with its checkpoint as an object."""
    old = new_name(client, cluster.index)
    properties = {CHECKPOINT: {"type": "object", "enabled": False}}
    client.indices.create(index=old, mappings={"properties": properties})
    document = {CHECKPOINT: {"seq": 1, "line": "", "version": 2}}
    client.index(index=old, id=CHECKPOINT, document=document)
    put_in_place(client, cluster.index, old)
    rounds(worker)
    assert checkpoint(client, cluster.index).index != old
    assert_same(cluster)


def test_readers_get_the_database_while_the_index_is_far_behind(client, cluster):
    assert lag(cluster.index) == 0
    entries.put(record("new", "форум"))
    Change.objects.filter(key="new:kk").update(
        at=timezone.now() - timedelta(seconds=60)
    )
    assert 59 < lag(cluster.index) < 120
    from tests.search.replica.archive import answers

    (answer,) = answers(queries=["форум"])
    assert answer[1]
