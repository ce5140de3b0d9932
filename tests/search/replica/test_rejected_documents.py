"""A document that the index rejects does not block the others."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.index import entries
from search.models import RejectedDocument
from search.replica import schema, sync
from search.replica.cluster import writing_client
from search.replica.errors import ClusterUnavailableError
from search.replica.rebuilding import Rebuild
from search.replica.sync import follow
from search.replica.worker import FIRST_PAUSE, LONGEST_PAUSE, Worker
from search.replica.writing import Action, write
from tests.search.records import record
from tests.search.replica.archive import filled
from tests.search.replica.running import assert_same

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def client(own_database, cluster):
    """Return a client of an index with a few entries."""
    client = writing_client(cluster)
    filled(20)
    Rebuild(client, cluster, str).run()
    return client


@pytest.fixture
def rejected_keys(monkeypatch):
    """Make the documents of these keys such that the mapping rejects them."""
    keys = {"bad:kk"}
    usual = schema.document

    def document(row):
        made = usual(row)
        return made | {"published": "yesterday"} if row[1] in keys else made

    monkeypatch.setattr(schema, "document", document)
    monkeypatch.setattr("search.replica.rebuilding.document", document)
    return keys


def set_aside() -> list[str]:
    return sorted(RejectedDocument.objects.values_list("key", flat=True))


def test_a_rejected_document_is_set_aside_reported_and_cleared_once_accepted(
    client, cluster, rejected_keys
):
    entries.put_many([record(key, "форум") for key in ("one", "bad", "two")])
    assert follow(client, cluster.index).rejected == 1
    assert set_aside() == ["bad:kk"]
    assert client.exists(index=cluster.index, id="two:kk")
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("check_search", stdout=told)
    assert "Rejected: bad:kk" in told.getvalue()
    assert "yesterday" in told.getvalue()
    rejected_keys.clear()
    entries.put(record("bad", "түзетілген"))
    follow(client, cluster.index)
    assert set_aside() == []
    assert_same(cluster)


def test_a_rejected_document_changed_twice_between_rounds_is_cleared(
    client, cluster, rejected_keys
):
    entries.put(record("bad", "бір"))
    entries.put(record("bad", "екі"))
    follow(client, cluster.index, limit=1)  # writes it as it is now: of the next line
    rejected_keys.clear()
    entries.put(record("bad", "үш"))
    follow(client, cluster.index)
    assert set_aside() == []


def test_a_rejected_document_is_cleared_when_it_is_deleted(
    client, cluster, rejected_keys
):
    entries.put(record("bad", "форум"))
    follow(client, cluster.index)
    entries.remove(["bad:kk"])
    follow(client, cluster.index)
    assert set_aside() == []
    assert_same(cluster)


def test_a_rebuild_continues_without_a_rejected_document(
    client, cluster, rejected_keys
):
    entries.put(record("bad", "форум"))
    index = Rebuild(client, cluster, str).run()
    assert set_aside() == ["bad:kk"]
    assert index in client.indices.get_alias(name=cluster.index)


def test_an_index_that_refuses_much_is_not_put_in_place(client, cluster, rejected_keys):
    before = dict(client.indices.get_alias(name=cluster.index))
    rejected_keys |= {f"old-{number}:kk" for number in range(12)}
    with pytest.raises(ClusterUnavailableError, match="rejected 12 documents"):
        Rebuild(client, cluster, str).run()
    assert dict(client.indices.get_alias(name=cluster.index)) == before


class Busy:
    """A cluster that answers every document with a status, as long as it has any."""

    def __init__(self, client, statuses: list[int]) -> None:
        self.client, self.statuses = client, statuses

    def bulk(self, **request):
        if not self.statuses:
            return self.client.bulk(**request)
        status = self.statuses.pop()
        items = [
            line for line in request["operations"] if {"index", "delete"} & set(line)
        ]
        error = {"type": "circuit_breaking_exception", "reason": "too much to do"}
        return {"items": [{"index": {"status": status, "error": error}} for _ in items]}

    def __getattr__(self, name: str):
        return getattr(self.client, name)


def test_a_busy_cluster_is_asked_again_with_longer_pauses(client, cluster, monkeypatch):
    busy = Busy(client, [503, 429, 429, 503])
    monkeypatch.setattr("search.replica.worker.writing_client", lambda cluster: busy)
    entries.put(record("new", "форум"))
    worker = Worker(threading.Event(), str)
    pauses = [worker.round() for _ in range(4)]
    assert pauses == [FIRST_PAUSE, 2 * FIRST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    assert set_aside() == []
    assert worker.round() == 0.0
    assert_same(cluster)


def test_a_request_that_is_too_large_is_sent_in_parts(client, cluster, monkeypatch):
    from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
    from elasticsearch import ApiError

    node = NodeConfig("http", "127.0.0.1", 9200)
    meta = ApiResponseMeta(413, "1.1", HttpHeaders(), 0.0, node)
    sizes = []

    class Narrow(Busy):
        def bulk(self, **request):
            sizes.append(len(request["operations"]) // 2)
            if sizes[-1] > 2 or request["operations"][0]["index"]["_id"] == "huge:kk":
                raise ApiError("Request Entity Too Large", meta=meta, body="")
            return self.client.bulk(**request)

    keys = ["huge", "one", "two", "three"]
    rows = [entries.put(record(key, "форум")) for key in keys]
    made = schema.documents([row.key for row in rows])
    actions = [Action(row.key, row.seq, made[row.key]) for row in rows]
    (index,) = client.indices.get_alias(name=cluster.index)
    assert write(Narrow(client, []), index, actions) == 1
    assert set_aside() == ["huge:kk"]
    assert sizes == [4, 2, 1, 1, 2]
    assert client.exists(index=index, id="three:kk")


def test_the_worker_continues_after_an_unexpected_error(
    client, cluster, monkeypatch, caplog
):
    def fail():
        raise ZeroDivisionError("of the day")

    monkeypatch.setattr("search.index.term_statistics.apply_deltas", fail)
    entries.put(record("new", "форум"))
    said = []
    worker = Worker(threading.Event(), said.append)
    worker.round()
    assert "of the day" in said[0]
    # What cannot be counted is found all the same.
    assert client.exists(index=cluster.index, id="new:kk")
    monkeypatch.setattr(sync, "documents", lambda keys: fail())
    entries.put(record("newer", "форум"))
    worker.round()
    assert not client.exists(index=cluster.index, id="newer:kk")
