"""The servers of the tests work as documented."""

import sys
import urllib.error

import psycopg
import pytest
from elasticsearch import AuthenticationException, Elasticsearch

from tests.servers import elasticsearch_distribution as distribution
from tests.servers import run_on_postgresql
from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.elasticsearch_security import SUPERUSER
from tests.servers.processes import (
    ServerFailedError,
    ServerMissingError,
    family,
    free_ports,
    is_stopped,
)

BULK = b"""{"index": {"_index": "entries", "_id": "1"}}
{"terms": "astana kala"}
{"index": {"_index": "entries", "_id": "2"}}
{"terms": "almaty kala"}
"""


def fill(node: ElasticsearchNode) -> None:
    answer = node.ask("POST", "/_bulk?refresh=true", seconds=30, body=BULK)
    assert answer["errors"] is False


def found(node: ElasticsearchNode, term: str) -> set[str]:
    answer = node.ask("GET", f"/entries/_search?q=terms:{term}", seconds=20)
    return {hit["_id"] for hit in answer["hits"]["hits"]}


def indices(node: ElasticsearchNode) -> set[str]:
    return set(node.ask("GET", "/_all", seconds=20))


def test_a_node_finds_what_it_was_given(elasticsearch):
    fill(elasticsearch)
    assert found(elasticsearch, "kala") == {"1", "2"}
    assert found(elasticsearch, "astana") == {"1"}


def test_a_cleared_node_has_no_indices(elasticsearch):
    fill(elasticsearch)
    elasticsearch.clear()
    assert indices(elasticsearch) == set()


def test_a_paused_node_hangs_and_answers_when_resumed(elasticsearch):
    elasticsearch.pause()
    assert all(map(is_stopped, family(elasticsearch.process.pid)))
    with pytest.raises(TimeoutError):
        elasticsearch.ask("GET", "/_cluster/health", seconds=0.5)
    elasticsearch.resume()
    assert elasticsearch.health()["number_of_nodes"] == 1


def test_a_killed_node_refuses_and_has_its_data_when_it_is_back(elasticsearch):
    fill(elasticsearch)
    elasticsearch.kill()
    with pytest.raises(urllib.error.URLError, match="refused"):
        elasticsearch.ask("GET", "/_cluster/health", seconds=5)
    elasticsearch.mend()
    elasticsearch.ask("GET", "/_cluster/health?wait_for_status=yellow", seconds=30)
    assert found(elasticsearch, "kala") == {"1", "2"}


def test_a_wiped_node_has_lost_everything(elasticsearch):
    fill(elasticsearch)
    elasticsearch.wipe()
    assert indices(elasticsearch) == set()


def test_a_cluster_answers_from_the_other_nodes_when_one_is_killed(
    elasticsearch_cluster,
):
    first, second, third = elasticsearch_cluster.nodes
    fill(first)
    first.ask("GET", "/_cluster/health?wait_for_status=green", seconds=60)
    first.kill()
    for node in (second, third):
        node.ask("GET", "/_cluster/health?wait_for_status=yellow", seconds=60)
        assert found(node, "kala") == {"1", "2"}


def test_a_secured_node_answers_only_those_it_knows(secured_elasticsearch):
    node = secured_elasticsearch
    login = (SUPERUSER, node.password)
    with Elasticsearch(
        node.url, ca_certs=str(node.certificate), basic_auth=login
    ) as client:
        assert client.cluster.health()["number_of_nodes"] == 1
        with pytest.raises(AuthenticationException):
            client.options(basic_auth=(SUPERUSER, "guessed")).cluster.health()


def test_an_archive_without_a_pinned_checksum_is_refused(tmp_path):
    archive = tmp_path / "elasticsearch.zip"
    archive.write_bytes(b"something else")
    with pytest.raises(ServerMissingError, match="pinned"):
        distribution.checked(archive)


@pytest.mark.parametrize(("told", "version"), [("25.0.3", 25), ("1.8.0_402", 1)])
def test_the_version_of_a_jdk_is_read_from_its_release_file(tmp_path, told, version):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    (tmp_path / "release").write_text(f'IMPLEMENTOR="X"\nJAVA_VERSION="{told}"\n')
    assert distribution.java_version(tmp_path) == version


def test_a_folder_without_java_is_no_jdk(tmp_path):
    assert distribution.java_version(tmp_path) == 0


def test_ports_are_distinct():
    assert len(set(free_ports(20))) == 20


def test_postgresql_answers_in_unicode(postgresql_server):
    with psycopg.connect(postgresql_server.url("postgres")) as connection:
        row = connection.execute("SELECT upper('қала'), current_user").fetchone()
    assert row == ("ҚАЛА", "newsroom")


def test_a_killed_postgresql_keeps_what_was_committed(postgresql_server):
    address = postgresql_server.create_database("kept")
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE article AS SELECT 'Астана' AS title")
    postgresql_server.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)
    postgresql_server.start()
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT title FROM article").fetchall() == [
            ("Астана",)
        ]


def test_a_failed_command_of_postgresql_gives_the_reason(postgresql_server):
    postgresql_server.create_database("twice")
    with pytest.raises(ServerFailedError, match="already exists"):
        postgresql_server.create_database("twice")


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_continuous_integration_fails_without_postgresql(monkeypatch, capsys, ci, code):
    def missing():
        raise ServerMissingError("PostgreSQL is not here.")

    monkeypatch.setattr(run_on_postgresql, "PostgreSQLServer", missing)
    monkeypatch.setenv("CI", ci)
    assert run_on_postgresql.run(["false"]) == code
    assert "PostgreSQL is not here." in capsys.readouterr().err


def test_a_command_on_postgresql_has_its_database_and_its_exit_code(postgresql_server):
    script = (
        "import os, sys, psycopg;"
        "psycopg.connect(os.environ['DATABASE_URL']).close();"
        "sys.exit(7)"
    )
    assert run_on_postgresql.run([sys.executable, "-c", script]) == 7
