"""Readers get results quickly in every state of the cluster."""

import threading

import pytest

from search.engines import choice
from search.engines.breaker import PAUSE, Breaker
from search.index import entries
from search.replica.cluster import (
    Cluster,
    configured,
    reading_client,
    writing_client,
)
from search.replica.rebuilding import Rebuild
from search.replica.worker import FIRST_PAUSE, Worker, is_in_step
from tests.search.records import record
from tests.search.replica.archive import answers, filled, forget_failures
from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.processes import free_ports, wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

ENTRIES = 60


@pytest.fixture
def archive(own_database, cluster, set_up):
    """Index some entries, on a site with the default time limits."""
    filled(ENTRIES)
    index = Rebuild(writing_client(cluster), cluster, str).run()
    set_up(*cluster.urls)
    return index


@pytest.fixture
def now(monkeypatch):
    """Return the time that breakers go by, to be put forward: a list of one number."""
    now = [0.0]
    monkeypatch.setattr(choice, "Breaker", lambda: Breaker(clock=lambda: now[0]))
    return now


@pytest.fixture
def attempts(monkeypatch):
    """Return the requests that searches send, one an item."""
    sent = []
    transport = type(reading_client(configured()).transport)
    perform = transport.perform_request

    def counted(self, *args, **kwargs):
        sent.append(args)
        return perform(self, *args, **kwargs)

    monkeypatch.setattr(transport, "perform_request", counted)
    return sent


def engine_of_page(client) -> str:
    """Return the engine that answered a reader's request."""
    response = client.get("/kk/search/", {"q": "форум"})
    assert response.status_code == 200
    return response.context["results"].engine


def from_the_database() -> bool:
    return {one[:2] for one in answers()} == {(choice.database_engine().name, True)}


def from_the_cluster() -> bool:
    return {one[:2] for one in answers()} == {("elasticsearch", False)}


def hung(node: ElasticsearchNode, index: str) -> None:
    node.pause()


def wiped(node: ElasticsearchNode, index: str) -> None:
    node.clear()


def closed(node: ElasticsearchNode, index: str) -> None:
    node.ask("POST", f"/{index}/_close", 30)


def foreign_index(node: ElasticsearchNode, index: str) -> None:
    node.clear()
    node.ask("PUT", "/archive/_doc/1?refresh=true", 30, b'{"title": "another"}')


def foreign_alias(node: ElasticsearchNode, index: str) -> None:
    node.clear()
    node.ask("PUT", "/another/_doc/1?refresh=true", 30, b'{"title": "another"}')
    node.ask("PUT", "/another/_alias/archive", 30)


def another_mapping(node: ElasticsearchNode, index: str) -> None:
    node.clear()
    body = b'{"mappings": {"properties": {"marks": {"type": "long"}}}}'
    node.ask("PUT", "/another", 30, body)
    node.ask("PUT", "/another/_alias/archive", 30)


@pytest.mark.parametrize("harm", [hung, wiped])
def test_searches_are_answered_by_the_database(
    client, elasticsearch, archive, attempts, now, harm
):
    assert from_the_cluster()
    harm(elasticsearch, archive)
    forget_failures()
    assert_first_reader_waits_and_no_other(client, attempts)


def test_searches_are_answered_if_no_server_listens(
    client, archive, set_up, attempts, now
):
    set_up(f"http://127.0.0.1:{free_ports(1)[0]}")
    assert_first_reader_waits_and_no_other(client, attempts)


def assert_first_reader_waits_and_no_other(client, attempts) -> None:
    attempts.clear()
    for _ in range(3):
        assert engine_of_page(client) == choice.database_engine().name
    assert from_the_database()
    assert len(attempts) == 1


def test_the_first_reader_waits_no_longer_than_promised():
    assert Cluster(("http://127.0.0.1:9200",)).search_timeout <= 0.3


@pytest.mark.parametrize(
    "harm", [closed, foreign_index, foreign_alias, another_mapping]
)
def test_an_index_that_refuses_is_asked_once_a_search(
    client, elasticsearch, archive, attempts, harm
):
    harm(elasticsearch, archive)
    forget_failures()
    attempts.clear()
    for searches in (1, 2, 3):
        assert engine_of_page(client) == choice.database_engine().name
        assert len(attempts) <= searches
    assert from_the_database()


@pytest.mark.parametrize("block", ["read_only", "read_only_allow_delete"])
def test_an_index_that_cannot_be_written_to_answers(elasticsearch, archive, block):
    blocked = f'{{"index.blocks.{block}": true}}'.encode()
    lifted = f'{{"index.blocks.{block}": null}}'.encode()
    elasticsearch.ask("PUT", f"/{archive}/_settings", 30, blocked)
    try:
        entries.put(record("new", "форум"))
        assert Worker(threading.Event()).round() == FIRST_PAUSE
        assert from_the_cluster()
    finally:
        elasticsearch.ask("PUT", f"/{archive}/_settings", 30, lifted)
    Worker(threading.Event()).round()
    assert is_in_step(configured())


def test_a_cluster_that_is_read_only_answers(elasticsearch, archive):
    def set_to(value: str) -> None:
        body = f'{{"persistent": {{"cluster.blocks.read_only": {value}}}}}'.encode()
        elasticsearch.ask("PUT", "/_cluster/settings", 30, body)

    set_to("true")
    try:
        entries.put(record("new", "форум"))
        assert Worker(threading.Event()).round() == FIRST_PAUSE
        assert from_the_cluster()
    finally:
        set_to("null")


def test_after_a_failure_one_reader_in_two_seconds_tries_again(
    elasticsearch, archive, attempts, now
):
    elasticsearch.pause()
    for _ in range(5):
        assert from_the_database()
    assert len(attempts) == 1
    now[0] += PAUSE
    for _ in range(5):
        assert from_the_database()
    assert len(attempts) == 2
    elasticsearch.resume()
    now[0] += PAUSE / 2
    assert from_the_database()
    assert len(attempts) == 2
    elasticsearch.ask("GET", "/_cluster/health/archive?wait_for_status=green", 30)

    def is_used_again() -> bool:
        now[0] += PAUSE
        return from_the_cluster()

    assert wait_until(is_used_again, 10)


def test_a_rejected_query_does_not_disable_the_engine(archive, monkeypatch):
    from search.engines import elasticsearch

    usual = elasticsearch.body_of
    refused = {"query": {"no such query": {}}}
    monkeypatch.setattr(elasticsearch, "body_of", lambda request: refused)
    assert from_the_database()
    monkeypatch.setattr(elasticsearch, "body_of", usual)
    assert from_the_cluster()


def test_an_answer_that_cannot_be_read_is_no_error(archive, monkeypatch):
    from search.engines import elasticsearch

    monkeypatch.setattr(elasticsearch, "total", lambda found: {}["x"])
    assert from_the_database()


def test_settings_that_cannot_be_right_are_no_error_for_readers(archive, settings):
    settings.SEARCH_ELASTICSEARCH = {"urls": ["nonsense"], "index": "archive"}
    assert from_the_database()
    settings.SEARCH_ELASTICSEARCH = {"urls": ["http://127.0.0.1:9"], "index": "A B"}
    assert from_the_database()
