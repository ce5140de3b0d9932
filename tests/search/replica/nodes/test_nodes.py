"""Three nodes of which one, or two, are lost."""

from dataclasses import replace
from random import Random

import pytest

from search.engines import EngineError, Request
from search.engines.elasticsearch import ElasticsearchEngine
from search.replica.cluster import writing_client
from search.replica.rebuilding import Rebuild
from tests.search.replica.archive import (
    answers,
    assert_answers_agree,
    change,
    filled,
    forget_failures,
)
from tests.search.replica.running import (
    RunningWorker,
    assert_same,
    seconds_until_in_step,
)
from tests.servers.processes import wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


def is_reduced() -> set[bool]:
    return {reduced for _engine, reduced, _found in answers()}


def test_the_cluster_answers_without_one_node_and_the_database_without_two(
    own_database, elasticsearch_cluster, set_up, settings
):
    first, second, third = elasticsearch_cluster.nodes
    cluster = set_up(
        *elasticsearch_cluster.urls, shards=3, replicas=1, search_timeout=1.0
    )
    filled(60)
    # Of an index without copies a third goes with the node.
    lonely = replace(cluster, index="lonely", replicas=0)
    client = writing_client(cluster)
    Rebuild(client, lonely, str).run()
    random = Random(3)
    with RunningWorker():
        seconds_until_in_step(cluster)
        first.ask("GET", "/_cluster/health?wait_for_status=green", 60)
        # One dies while changes are carried: copies take over, nothing is lost.
        for _ in range(15):
            change(random)
        first.kill()
        for _ in range(15):
            change(random)
        seconds_until_in_step(cluster)
        assert_same(cluster)
        with pytest.raises(EngineError):
            ElasticsearchEngine(client, lonely.index).search(Request())
        # During the election of a master, readers may get the database's results.
        assert wait_until(lambda: is_reduced() == {False}, 15)
        assert_answers_agree(cluster, settings)
        # With two nodes down there is no quorum: a partial index must not be used.
        second.kill()
        forget_failures()
        for _ in range(10):
            assert is_reduced() == {True}
            change(random)
        with pytest.raises(EngineError):
            ElasticsearchEngine(client, cluster.index).search(Request())
        # All nodes are back, with the changes that were made in the meantime.
        second.start()
        first.start()
        assert wait_until(elasticsearch_cluster.is_whole, 60)
        third.ask("GET", "/_cluster/health?wait_for_status=yellow", 60)
        seconds_until_in_step(cluster)
        assert_same(cluster)
        assert wait_until(lambda: is_reduced() == {False}, 15)
        assert_answers_agree(cluster, settings)
