"""A key or user that lacks a right is told which, before the work."""

import threading

import pytest
from django.core.management import CommandError, call_command

from search.index import entries
from search.replica.cluster import Cluster
from search.replica.worker import Worker, is_in_step
from tests.search.records import record
from tests.search.replica.archive import answers, filled
from tests.servers.elasticsearch_security import PASSWORD, SecuredElasticsearchNode

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def as_user(secured_elasticsearch: SecuredElasticsearchNode, own_database, set_up):
    """Set up the search as this user of the node."""
    node = secured_elasticsearch

    def as_user(name: str, password: str = "") -> Cluster:
        login = password or PASSWORD
        return set_up(
            node.url,
            basic_auth=f"{name}:{login}",
            ca_certs=str(node.certificate),
            search_timeout=5.0,
        )

    return as_user


def said_by_worker() -> list[str]:
    said: list[str] = []
    worker = Worker(threading.Event(), said.append)
    for _ in range(2):
        worker.round()
    return said


def test_missing_rights_and_wrong_passwords_are_named(as_user):
    filled(20)
    as_user("keeper")
    call_command("rebuild_search")
    cluster = as_user("reader")
    entries.put(record("new", "форум"))
    with pytest.raises(CommandError) as told:
        call_command("rebuild_search")
    for right in ("manage on archive-*", "write on archive-*", "docs/search.md"):
        assert right in str(told.value)
    assert "monitor" not in str(told.value)
    assert [line for line in said_by_worker() if "refuses the site a right" in line]
    # A user with read permission only can search.
    assert {one[:2] for one in answers(queries=["форум"])} == {("elasticsearch", False)}
    as_user("keeper", "guessed")
    with pytest.raises(CommandError, match="ELASTICSEARCH_BASIC_AUTH"):
        call_command("rebuild_search")
    assert [line for line in said_by_worker() if "ELASTICSEARCH_BASIC_AUTH" in line]
    cluster = as_user("keeper")
    said_by_worker()
    assert is_in_step(cluster)
