"""One node of three hangs: the others answer, and the index gets in step."""

import threading

import pytest

from search.engines import choice
from search.engines.breaker import Breaker
from search.index import entries
from search.replica import nodes
from search.replica.cluster import Cluster, reading_client, writing_client
from search.replica.errors import ClusterUnavailableError
from search.replica.nodes import nodes_of
from search.replica.rebuilding import Rebuild
from search.replica.worker import Worker, is_in_step
from tests.search.records import record
from tests.search.replica.archive import answers, filled
from tests.search.replica.running import PATIENCE_SECONDS, assert_same
from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.processes import wait_until

pytestmark = pytest.mark.django_db

SEARCHES = 60
NODES = range(3)
# Followed by the database where a node missed its turn on a busy machine.
MAY_FAIL = 2
# Rounds of the worker after the cluster has given a node up: a failure or two, as it
# chooses new copies, and one that carries.
ROUNDS = 6


@pytest.fixture
def attempts(monkeypatch):
    """Return the requests that are sent, one an item."""
    sent = []
    transport = type(reading_client(Cluster(("http://127.0.0.1:9",))).transport)
    perform = transport.perform_request

    def counted(self, *args, **kwargs):
        sent.append(args)
        return perform(self, *args, **kwargs)

    monkeypatch.setattr(transport, "perform_request", counted)
    return sent


def searched(times: int) -> list[bool]:
    """Return whether each of so many searches was answered by the database."""
    return [
        reduced for _ in range(times) for _, reduced, _ in answers(queries=["форум"])
    ]


def members(node: ElasticsearchNode) -> int:
    return (node.health() or {}).get("number_of_nodes", 0)


@pytest.mark.elasticsearch
@pytest.mark.long(hanging=([NODES[:1]], [NODES]))
def test_healthy_nodes_answer_while_each_in_turn_hangs(
    own_database, elasticsearch_cluster, set_up, attempts, hanging
):
    """The master is one of them, and each has copies that the others need."""
    cluster = set_up(
        *elasticsearch_cluster.urls, shards=3, replicas=1, search_timeout=3.0
    )
    filled(60)
    index = Rebuild(writing_client(cluster), cluster, str).run()
    first = elasticsearch_cluster.nodes[0]
    green = f"/_cluster/health/{index}?wait_for_status=green&timeout=60s"
    for hung in [elasticsearch_cluster.nodes[number] for number in hanging]:
        first.ask("GET", green, PATIENCE_SECONDS * 2)
        nodes.forget()
        assert not any(searched(6))
        hung.pause()
        try:
            attempts.clear()
            reduced = searched(SEARCHES)
            assert sum(reduced) <= MAY_FAIL
            # One search each; those that met the hung node, looks at the nodes, and a
            # second try. They do not grow with the searches.
            looks = len(attempts) - SEARCHES
            assert looks < SEARCHES / 2
            assert hung.url not in nodes_of(cluster).urls
        finally:
            hung.resume()
        assert wait_until(elasticsearch_cluster.is_whole, PATIENCE_SECONDS)

        def is_used_again(url: str = hung.url) -> bool:
            searched(1)
            return nodes_of(cluster).is_whole and url in nodes_of(cluster).urls

        assert wait_until(is_used_again, PATIENCE_SECONDS)


@pytest.mark.elasticsearch
def test_the_index_gets_in_step_once_the_cluster_has_given_the_node_up(
    own_database, elasticsearch_cluster, set_up
):
    cluster = set_up(
        *elasticsearch_cluster.urls, shards=3, replicas=1, search_timeout=3.0
    )
    filled(30)
    Rebuild(writing_client(cluster), cluster, str).run()
    hung, other, _third = elasticsearch_cluster.nodes
    other.ask("GET", "/_cluster/health?wait_for_status=green&timeout=60s", 120)
    hung.pause()
    try:
        entries.put(record("new", "форум"))
        worker = Worker(threading.Event(), str)
        # Until then a write waits for the copies on the hung node.
        assert wait_until(lambda: members(other) == 2, 2 * PATIENCE_SECONDS)
        rounds = 0
        while not in_step(cluster):
            worker.round()
            rounds += 1
            assert rounds <= ROUNDS
        assert_same(Cluster(tuple(elasticsearch_cluster.urls[1:]), cluster.index))
    finally:
        hung.resume()
    assert wait_until(elasticsearch_cluster.is_whole, PATIENCE_SECONDS)


def in_step(cluster: Cluster) -> bool:
    """Return whether the index is known to be synced.

    A copy may still be asked for on the hung node.
    """
    try:
        return is_in_step(nodes_of(cluster).answering())
    except ClusterUnavailableError:
        return False


@pytest.fixture
def three(set_up, monkeypatch) -> Cluster:
    """Return three nodes that are only addresses; the breaker's time stands still."""
    monkeypatch.setattr(choice, "Breaker", lambda: Breaker(clock=lambda: 0.0))
    return set_up(*[f"http://127.0.0.1:{port}" for port in (1, 2, 3)])


@pytest.mark.parametrize("silent", [0, 1, 2, 3])
def test_nodes_that_do_not_answer_are_not_asked(three, monkeypatch, silent):
    from elasticsearch import ConnectionTimeout

    from search.engines import Answer, EngineError, Request

    hung = set(three.urls[:silent])
    asked, looks = [], []

    def search(self, request):
        (url,) = [node.base_url for node in self.client.transport.node_pool.all()]
        asked.append((url, self.preference))
        if url in hung:
            raise EngineError("hangs") from ConnectionTimeout("late")
        return Answer(0, ())

    def ask(self, url):
        looks.append(url)
        if url in hung:
            return None
        ids = {f"id-{one[-1]}": {} for one in three.urls if one not in hung}
        counts = {"successful": len(ids), "failed": len(hung)}
        return {"_nodes": counts, "nodes": ids}

    monkeypatch.setattr(
        "search.engines.elasticsearch.ElasticsearchEngine.search", search
    )
    monkeypatch.setattr(nodes.Nodes, "_ask", ask)
    found = [choice.ask(Request())[1].is_reduced for _ in range(30)]
    if silent == 3:
        assert all(found)
        assert len(asked) == 1
        return
    assert not any(found)
    # Each was asked in turn; a look followed the first that did not answer.
    assert len(asked) <= 31
    assert len(looks) == (3 if silent else 0)
    met = [place for place, (url, _) in enumerate(asked) if url in hung]
    assert len(met) == (1 if silent else 0)
    later = asked[met[0] + 1 :] if met else asked
    assert {url for url, _ in later} == set(three.urls) - hung
    preferences = {preference for _, preference in later}
    ids = ",".join(f"id-{url[-1]}" for url in three.urls if url not in hung)
    assert preferences == ({f"_prefer_nodes:{ids}"} if silent else {None})


def test_a_node_with_a_wrong_answer_is_left_out_until_the_next_look(three, monkeypatch):
    from search.engines import Answer, EngineError, Request

    def search(self, request):
        (url,) = [node.base_url for node in self.client.transport.node_pool.all()]
        if url == three.urls[0]:
            raise EngineError("no master")
        return Answer(0, ())

    looks = []
    monkeypatch.setattr(
        "search.engines.elasticsearch.ElasticsearchEngine.search", search
    )
    monkeypatch.setattr(nodes.Nodes, "look_again", lambda self: looks.append(1))
    assert not any(choice.ask(Request())[1].is_reduced for _ in range(9))
    assert nodes_of(three).urls == three.urls[1:]
