"""Rebuilding while entries change, processes are killed and readers search."""

import threading
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from elasticsearch import Elasticsearch

from search.index import entries
from search.replica import rebuilding
from search.replica.cluster import writing_client
from search.replica.errors import ClusterUnavailableError
from search.replica.indices import kept_alias, own_indices
from search.replica.lock import BusyError, only_rebuild
from search.replica.rebuilding import Rebuild
from tests.search.records import record
from tests.search.replica.archive import answers, assert_answers_agree, filled, made_up
from tests.search.replica.running import (
    PATIENCE_SECONDS,
    RunningWorker,
    assert_same,
    kill,
    process,
    seconds_until_in_step,
)
from tests.servers.processes import wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

ENTRIES = 1_000
WRITES_A_SECOND = 5


@pytest.fixture
def client(own_database, cluster):
    filled(ENTRIES)
    return writing_client(cluster)


@pytest.fixture
def calls(client, monkeypatch):
    """Count moves of the alias, and the documents of each bulk request."""
    IndicesClient = type(client.indices)  # noqa: N806
    made = {"moves": 0, "documents": [], "fail at": 0}
    move, bulk = IndicesClient.update_aliases, Elasticsearch.bulk

    def counted_move(self, **request):
        made["moves"] += 1
        return move(self, **request)

    def counted_bulk(self, **request):
        if made["fail at"] and len(made["documents"]) >= made["fail at"]:
            raise ConnectionAbortedError("as if the power had gone")
        kinds = [{"index", "delete"} & set(line) for line in request["operations"]]
        made["documents"].append(sum(map(bool, kinds)))
        return bulk(self, **request)

    monkeypatch.setattr(IndicesClient, "update_aliases", counted_move)
    monkeypatch.setattr(Elasticsearch, "bulk", counted_bulk)
    return made


def alias_of(client, cluster) -> list[str]:
    return list(client.indices.get_alias(name=cluster.index))


def test_no_write_is_lost_and_no_search_fails(client, cluster, settings, calls):
    """One thread writes, one searches, the worker syncs, and the index is rebuilt."""
    stop = threading.Event()
    searched = []

    def write() -> int:
        random, number = Random(5), 0
        while not stop.wait(1 / WRITES_A_SECOND):
            number += 1
            entries.put(made_up(random, number))
            if number % 4 == 0:
                entries.remove([f"old-{number}:kk"])
        connections.close_all()
        return number

    def search() -> None:
        while not stop.is_set():
            searched.extend(answers(queries=["форум", "өзен"]))
        connections.close_all()

    with RunningWorker(), ThreadPoolExecutor(2) as pool:
        seconds_until_in_step(cluster)
        (old,) = alias_of(client, cluster)
        calls["moves"] = 0
        running = [pool.submit(search), pool.submit(write)]
        try:
            index = Rebuild(client, cluster, str).run()
        finally:
            stop.set()
        assert running[1].result() > 0
        running[0].result()
        seconds_until_in_step(cluster)
    assert len(searched) > 10
    assert {(engine, reduced) for engine, reduced, _ in searched} == {
        ("elasticsearch", False)
    }
    assert calls["moves"] == 1
    assert alias_of(client, cluster) == [index]
    assert own_indices(client, cluster.index) == sorted([old, index])
    assert_same(cluster)
    assert_answers_agree(cluster, settings)


def test_an_interrupted_rebuild_is_resumed(client, cluster, calls):
    calls["fail at"] = 3
    with pytest.raises(ConnectionAbortedError):
        Rebuild(client, cluster, str).run()
    assert sum(calls["documents"]) == 3 * rebuilding.STREAMED_AT_ONCE
    (begun,) = own_indices(client, cluster.index)
    entries.put(record("old-1", "басқа"))
    entries.remove(["old-2:kk"])
    calls |= {"fail at": 0, "documents": []}
    said = []
    assert Rebuild(client, cluster, said.append).run() == begun
    assert said == [f"Taking up {begun}."]
    # The last quarter, and the two that have changed.
    assert sum(calls["documents"]) == ENTRIES - 3 * rebuilding.STREAMED_AT_ONCE + 2
    assert_same(cluster)


def test_a_rebuild_whose_process_was_killed_is_resumed(
    client, cluster, own_database, calls, tmp_path
):
    log = tmp_path / "log"
    command = ["manage.py", "rebuild_search"]
    slow = [
        "-c",
        "import django; django.setup()\n"
        "import time\n"
        "from search.replica import rebuilding\n"
        "usual = rebuilding.send\n"
        "def send(*args):\n"
        "    time.sleep(1); return usual(*args)\n"
        "rebuilding.send = send\n"
        "from django.core.management import call_command\n"
        "call_command('rebuild_search')",
    ]
    started = process(slow, own_database, cluster, log)

    def has_begun() -> bool:
        found = own_indices(client, cluster.index)
        if not found:
            return False
        client.indices.refresh(index=found[0])
        return client.count(index=found[0])["count"] > 1

    try:
        assert wait_until(has_begun, PATIENCE_SECONDS), log.read_text()
        with pytest.raises(BusyError):
            Rebuild(client, cluster, str).run()
    finally:
        kill(started)
    again = process(command, own_database, cluster, log)
    assert again.wait(PATIENCE_SECONDS) == 0, log.read_text()
    assert "Taking up" in log.read_text()
    assert_same(cluster)


def test_a_second_one_at_the_same_time_is_refused(client, cluster, capsys):
    with (
        only_rebuild(cluster.index),
        ThreadPoolExecutor(1) as pool,
        pytest.raises(CommandError, match="Another rebuild is running"),
    ):
        pool.submit(rebuild_and_close).result()
    call_command("rebuild_search")
    assert_same(cluster)


def rebuild_and_close() -> None:
    try:
        call_command("rebuild_search")
    finally:
        connections.close_all()


def test_an_index_that_differs_from_the_database_is_not_put_in_place(
    client, cluster, monkeypatch
):
    index = Rebuild(client, cluster, str).run()
    usual = rebuilding.send

    def loses_one(client, index, batch):
        return usual(client, index, batch[1:])

    monkeypatch.setattr(rebuilding, "send", loses_one)
    with pytest.raises(ClusterUnavailableError, match="differs from the database"):
        Rebuild(client, cluster, str).run()
    assert alias_of(client, cluster) == [index]
    monkeypatch.undo()
    # What was wrong is not taken up.
    assert own_indices(client, cluster.index) == [index]


def test_a_rebuild_succeeds_while_entries_change(client, cluster, monkeypatch):
    usual = rebuilding.is_even

    def written_concurrently(client, place):
        entries.put(record("old-1", "кейін"))
        entries.put(record("new", "кейін"))
        entries.remove(["old-3:kk"])
        return usual(client, place)

    monkeypatch.setattr(rebuilding, "is_even", written_concurrently)
    monkeypatch.setattr(rebuilding, "MAX_ROUNDS", 1)
    Rebuild(client, cluster, str).run()


def test_the_index_before_is_kept_until_the_next_or_until_it_is_dropped(
    client, cluster
):
    _first, second, third = [Rebuild(client, cluster, str).run() for _ in range(3)]
    assert own_indices(client, cluster.index) == [second, third]
    assert list(client.indices.get_alias(name=kept_alias(cluster.index))) == [second]
    call_command("rebuild_search", "--drop-previous")
    assert own_indices(client, cluster.index) == [third]
    assert alias_of(client, cluster) == [third]
    call_command("rebuild_search", "--drop-previous")
    assert alias_of(client, cluster) == [third]
