"""A cluster on https that wants to know who asks."""

import threading

import pytest

from search.checks import check_cluster
from search.replica.cluster import configured
from search.replica.worker import Worker
from tests.search.replica.archive import answers, assert_answers_agree, filled
from tests.search.replica.running import assert_same, seconds_until_in_step
from tests.servers.elasticsearch_security import SUPERUSER


@pytest.mark.django_db
@pytest.mark.elasticsearch
def test_an_index_is_made_and_asked_with_password_and_certificate(
    own_database, secured_elasticsearch, set_up, settings
):
    node = secured_elasticsearch
    filled(20)
    cluster = set_up(
        node.url,
        basic_auth=f"{SUPERUSER}:{node.password}",
        ca_certs=str(node.certificate),
        search_timeout=5.0,
    )
    Worker(threading.Event(), str).round()
    seconds_until_in_step(cluster)
    assert_same(cluster)
    assert_answers_agree(cluster, settings)
    for wrong in ({"basic_auth": "elastic:guessed"}, {"ca_certs": ""}):
        values = {name: getattr(cluster, name) for name in ("basic_auth", "ca_certs")}
        set_up(node.url, **{**values, **wrong})
        (answer,) = answers(queries=["форум"])
        assert answer[1]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"urls": ["127.0.0.1:9200"]}, "scheme"),
        ({"urls": ["http://127.0.0.1"]}, "port"),
        ({"hosts": ["http://127.0.0.1:9200"]}, "hosts"),
        ({"index": "Архив"}, "no name for an index"),
        ({"shards": 0}, "at least one shard"),
        ({"api_key": "x", "basic_auth": "a:b"}, "not both"),
        ({"basic_auth": "nobody"}, "user:password"),
        ({"ca_certs": "/no/such/file.pem"}, "There is no /no/such/file.pem"),
    ],
)
def test_settings_that_cannot_be_right_are_named_by_a_check(settings, values, said):
    settings.SEARCH_ELASTICSEARCH = {"urls": ["http://127.0.0.1:9200"], **values}
    (error,) = check_cluster()
    assert error.id == "search.E002"
    assert said in error.msg


def test_an_unavailable_cluster_is_no_settings_error(settings):
    settings.SEARCH_ELASTICSEARCH = {"urls": ["https://127.0.0.1:9"]}
    assert check_cluster() == []
    assert configured() is not None


def test_a_site_without_elasticsearch_has_nothing_to_check(settings):
    settings.SEARCH_ELASTICSEARCH = {"urls": []}
    assert check_cluster() == []
    assert configured() is None
