"""The indices that are searched and written while indices are created and deleted."""

import pytest
from django.core.management import CommandError, call_command

from search.index import entries
from search.models import Change, RejectedDocument
from search.replica import rebuilding, sync
from search.replica.cluster import writing_client
from search.replica.errors import ClusterUnavailableError
from search.replica.rebuilding import Rebuild
from tests.search.records import record
from tests.search.replica.archive import filled
from tests.search.replica.running import PATIENCE_SECONDS

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

ENTRIES = 40


@pytest.fixture
def client(own_database, cluster):
    filled(ENTRIES)
    return writing_client(cluster)


def test_indices_of_others_are_left_alone(client, cluster, elasticsearch):
    for name in ("another", "archive-photos", "archive-000001"):
        elasticsearch.ask("PUT", f"/{name}", PATIENCE_SECONDS)
    elasticsearch.ask("PUT", "/another/_alias/archive", PATIENCE_SECONDS)
    for _ in range(3):
        Rebuild(client, cluster, str).run(afresh=True)
    call_command("rebuild_search", "--drop-previous")
    for name in ("another", "archive-photos", "archive-000001"):
        assert client.indices.exists(index=name)
    assert len(client.indices.get_alias(name=cluster.index)) == 1


def test_an_index_that_has_the_name_of_the_alias_is_pointed_out(
    client, cluster, elasticsearch
):
    elasticsearch.ask("PUT", "/archive", PATIENCE_SECONDS)
    with pytest.raises(CommandError, match="ELASTICSEARCH_INDEX"):
        call_command("rebuild_search")
    assert client.indices.exists(index="archive")


def test_entries_written_while_the_alias_moves_are_in_the_new_index(
    client, cluster, monkeypatch
):
    """The worker has written, the alias moves, the worker says how far it has come."""
    Rebuild(client, cluster, str).run()
    seen = Change.objects.latest("seq")
    entries.put(record("between", "форум"))
    usual = sync.set_checkpoint

    def moved_concurrently(*args, **state):
        monkeypatch.setattr(sync, "set_checkpoint", usual)
        with monkeypatch.context() as still:
            # A rebuild that has come as far as the line before.
            still.setattr("search.index.change_log.committed", lambda after, limit: [])
            still.setattr("search.index.change_log.newest_committed", lambda: seen)
            still.setattr(rebuilding, "is_even", lambda *args: True)
            still.setattr(rebuilding, "_rows_after", lambda last: iter([]))
            Rebuild(client, cluster, str).run()
        return usual(*args, **state)

    monkeypatch.setattr(sync, "set_checkpoint", moved_concurrently)
    sync.follow(client, cluster.index)
    assert not client.exists(index=cluster.index, id="between:kk")
    sync.follow(client, cluster.index)
    assert client.exists(index=cluster.index, id="between:kk")


def test_an_index_that_is_lost_between_two_requests_is_not_made_without_mappings(
    client, cluster, elasticsearch, monkeypatch
):
    Rebuild(client, cluster, str).run()
    entries.put(record("new", "форум"))
    usual = sync.documents

    def lost_concurrently(keys):
        elasticsearch.clear()
        return usual(keys)

    monkeypatch.setattr(sync, "documents", lost_concurrently)
    with pytest.raises(ClusterUnavailableError):
        sync.follow(client, cluster.index)
    assert list(client.indices.get(index="*")) == []
    assert not RejectedDocument.objects.exists()
