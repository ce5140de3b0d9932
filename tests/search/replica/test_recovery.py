"""A damaged index is rebuilt, or the error message names the remedy."""

import json
import threading
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from search.index import entries
from search.models import RejectedDocument
from search.replica import errors
from search.replica.cluster import Cluster, writing_client
from search.replica.indices import is_own, kept_alias
from search.replica.rebuilding import Rebuild
from search.replica.schema import CHECKPOINT, version
from search.replica.worker import Worker, is_in_step
from search.replica.writing import checkpoint, state_of
from tests.search.records import record
from tests.search.replica.archive import (
    answers,
    assert_answers_agree,
    filled,
    forget_failures,
)
from tests.search.replica.running import assert_same
from tests.servers.elasticsearch import ElasticsearchNode

pytestmark = [pytest.mark.django_db]

SECONDS = 30
OURS = "archive-000041-ab12"


@pytest.fixture
def index(own_database, cluster) -> str:
    """Return the name of an index that is in place."""
    filled(20)
    return Rebuild(writing_client(cluster), cluster, str).run()


def put(node: ElasticsearchNode, path: str, **body: object) -> None:
    node.ask("PUT", path, SECONDS, json.dumps(body).encode() if body else None)


def close(node: ElasticsearchNode, index: str) -> None:
    node.ask("POST", f"/{index}/_close", SECONDS)


def close_without_alias(node: ElasticsearchNode, index: str) -> None:
    node.ask("DELETE", f"/{index}/_alias/archive", SECONDS)
    close(node, index)


def close_with_the_one_before(node: ElasticsearchNode, index: str) -> None:
    call_command("rebuild_search")
    node.ask("POST", "/archive-0*/_close", SECONDS)


def lose_the_alias(node: ElasticsearchNode, index: str) -> None:
    node.ask("DELETE", f"/{index}/_alias/archive", SECONDS)


def lose_the_own_alias(node: ElasticsearchNode, index: str) -> None:
    node.ask("DELETE", f"/{index}/_alias/{index}.own", SECONDS)


def alias_of_two(node: ElasticsearchNode, index: str) -> None:
    call_command("rebuild_search")
    put(node, f"/{index}/_alias/archive")


def alias_of_another_too(node: ElasticsearchNode, index: str) -> None:
    put(node, "/another/_doc/1?refresh=true", title="another")
    put(node, "/another/_alias/archive")


def alias_of_a_foreign_index(node: ElasticsearchNode, index: str) -> None:
    lose_the_alias(node, index)
    put(node, "/another/_doc/1?refresh=true", title="another")
    put(node, "/another/_alias/archive")


def foreign_index_with_a_name_of_ours(node: ElasticsearchNode, index: str) -> None:
    lose_the_alias(node, index)
    put(node, f"/{OURS}/_doc/1?refresh=true", title="another")
    put(node, f"/{OURS}/_alias/archive")


def another_mapping(node: ElasticsearchNode, index: str) -> None:
    """Create an index with a current checkpoint that rejects every document."""
    mapping = node.ask("GET", f"/{index}/_mapping", SECONDS)[index]["mappings"]
    del mapping["properties"]["marks"]
    as_if_in_step(node, index, mapping)


def mapping_that_takes_everything(node: ElasticsearchNode, index: str) -> None:
    as_if_in_step(node, index, {"_meta": {"version": version()}})


def as_if_in_step(node: ElasticsearchNode, index: str, mapping: dict) -> None:
    stored = {"type": "keyword", "index": False, "doc_values": False, "store": True}
    mapping.setdefault("properties", {})[CHECKPOINT] = stored
    said = node.ask(
        "GET", f"/{index}/_doc/{CHECKPOINT}?stored_fields={CHECKPOINT}", SECONDS
    )["fields"][CHECKPOINT][0]
    lose_the_alias(node, index)
    put(node, f"/{OURS}", mappings=mapping)
    put(node, f"/{OURS}/_doc/{CHECKPOINT}", **{CHECKPOINT: said})
    put(node, f"/{OURS}/_alias/archive")
    put(node, f"/{OURS}/_alias/{OURS}.own")


RECOVERED = [
    close,
    close_without_alias,
    close_with_the_one_before,
    lose_the_alias,
    lose_the_own_alias,
    alias_of_two,
    alias_of_another_too,
    alias_of_a_foreign_index,
    foreign_index_with_a_name_of_ours,
    another_mapping,
    mapping_that_takes_everything,
]


@pytest.mark.parametrize("harm", RECOVERED)
def test_the_worker_rebuilds_a_closed_lost_or_replaced_index(
    index, cluster, elasticsearch, settings, harm
):
    harm(elasticsearch, index)
    entries.put(record("new", "форум"))
    said: list[str] = []
    worker = Worker(threading.Event(), said.append)
    for _ in range(4):
        worker.round()
    assert is_in_step(cluster), said
    assert any("Rebuilding the index" in line for line in said)
    assert_one_index_of_ours(cluster)
    assert not RejectedDocument.objects.exists()
    assert_same(cluster)
    assert_answers_agree(cluster, settings)


@pytest.mark.parametrize("harm", RECOVERED)
def test_rebuild_search_repairs_the_index_at_the_first_run(
    index, cluster, elasticsearch, harm
):
    harm(elasticsearch, index)
    call_command("rebuild_search")
    assert_one_index_of_ours(cluster)
    assert_same(cluster)
    call_command("rebuild_search", "--drop-previous")
    assert_same(cluster)


def assert_one_index_of_ours(cluster: Cluster) -> None:
    (name,) = writing_client(cluster).indices.get_alias(name=cluster.index)
    assert is_own(name, cluster.index)
    assert name != OURS


@pytest.mark.parametrize(
    "harm", [alias_of_two, alias_of_another_too, alias_of_a_foreign_index]
)
def test_readers_get_the_database_while_the_alias_points_elsewhere(
    index, cluster, elasticsearch, harm
):
    harm(elasticsearch, index)
    forget_failures()
    assert all(reduced for _engine, reduced, _found in answers())


@pytest.mark.parametrize(
    "said",
    [
        '{"seq": "7", "line": ""}',
        '{"seq": "seven", "line": ""}',
        '{"seq": null, "line": ""}',
        '{"seq": true, "line": ""}',
        '{"seq": 7.0, "line": ""}',
        '{"seq": NaN, "line": ""}',
        '{"seq": -1, "line": ""}',
        '{"seq": [7], "line": ""}',
        '{"seq": 9223372036854775808, "line": ""}',
        '{"seq": 1e400, "line": ""}',
        '{"seq": 7}',
        '{"seq": 7, "line": null}',
        '{"seq": 7, "line": "", "last_id": "x"}',
        '{"seq": 7, "line": "", "last_id": -1}',
        "[7]",
        "",
        "[" * 100_000,
        "7" * 5_000,
    ],
    ids=lambda said: said[:40],
)
def test_a_checkpoint_that_is_no_number_is_no_checkpoint(said):
    assert state_of({CHECKPOINT: [said]}) is None


@pytest.mark.parametrize("fields", [None, {}, {CHECKPOINT: []}, {CHECKPOINT: [7]}, []])
def test_nor_are_fields_without_one(fields):
    assert state_of(fields) is None


@pytest.mark.parametrize(
    "said",
    ['{"seq": "x", "line": ""}', '{"seq": 9223372036854775807, "line": ""}', "[]"],
)
def test_an_index_with_a_malformed_checkpoint_is_rebuilt(
    index, cluster, elasticsearch, said
):
    put(elasticsearch, f"/{index}/_doc/{CHECKPOINT}", **{CHECKPOINT: said})
    worker = Worker(threading.Event(), str)
    for _ in range(3):
        worker.round()
    assert is_in_step(cluster)
    assert checkpoint(writing_client(cluster), cluster.index).index != index
    assert_same(cluster)


@pytest.mark.parametrize("name", ["archive", "archive-previous"])
@pytest.mark.parametrize("is_closed", [False, True], ids=["open", "closed"])
def test_an_index_in_place_of_an_alias_is_named_with_what_to_do(
    own_database, cluster, elasticsearch, name, is_closed
):
    put(elasticsearch, f"/{name}/_doc/1?refresh=true", title="another")
    if is_closed:
        close(elasticsearch, name)
    with pytest.raises(CommandError) as told:
        call_command("rebuild_search")
    assert f"DELETE /{name}" in str(told.value)
    assert "ELASTICSEARCH_INDEX" in str(told.value)
    assert "again" not in str(told.value)
    said: list[str] = []
    worker = Worker(threading.Event(), said.append)
    worker.round()
    worker.round()
    assert len([line for line in said if f"DELETE /{name}" in line]) == 1
    assert set(elasticsearch.ask("GET", "/_all?expand_wildcards=all", SECONDS)) == {
        name
    }
    elasticsearch.ask("DELETE", f"/{name}", SECONDS)
    worker.round()
    worker.round()
    assert is_in_step(cluster)


@pytest.fixture
def template(elasticsearch) -> Iterator[None]:
    """Create a foreign index template that matches the archive's index names."""
    put(
        elasticsearch,
        "/_index_template/streams",
        index_patterns=["archive-0*"],
        data_stream={},
        priority=900,
    )
    yield
    elasticsearch.ask("DELETE", "/_index_template/streams", SECONDS)


def test_a_name_that_others_have_a_template_for_is_pointed_out(
    own_database, cluster, template
):
    with pytest.raises(CommandError, match=r"data streams only.*ELASTICSEARCH_INDEX"):
        call_command("rebuild_search")


BLOCKS = {
    "read_only": '{"index.blocks.read_only": null}',
    "read_only_allow_delete": "disk of a node|read_only_allow_delete",
    "write": '{"index.blocks.write": null}',
    "metadata": '{"index.blocks.metadata": null}',
}


@pytest.mark.parametrize("block", [name for name in BLOCKS if name != "metadata"])
def test_a_block_is_named_by_the_worker_with_what_lifts_it(
    index, cluster, elasticsearch, block
):
    put(elasticsearch, f"/{index}/_settings", **{f"index.blocks.{block}": True})
    entries.put(record("new", "форум"))
    said: list[str] = []
    worker = Worker(threading.Event(), said.append)
    for _ in range(3):
        worker.round()
    (line,) = said
    assert any(words in line for words in BLOCKS[block].split("|")), line
    put(elasticsearch, f"/{index}/_settings", **{f"index.blocks.{block}": None})
    worker.round()
    assert is_in_step(cluster)
    assert not RejectedDocument.objects.exists()


@pytest.mark.parametrize("block", [name for name in BLOCKS if name != "write"])
def test_a_rebuild_reports_a_blocked_alias_before_it_starts(
    index, cluster, elasticsearch, block
):
    put(elasticsearch, f"/{index}/_settings", **{f"index.blocks.{block}": True})
    try:
        with pytest.raises(CommandError) as told:
            call_command("rebuild_search")
        words = BLOCKS[block].split("|")
        assert any(word in str(told.value) for word in words), told.value
    finally:
        put(elasticsearch, f"/{index}/_settings", **{f"index.blocks.{block}": None})
    made = elasticsearch.ask("GET", "/archive-*", SECONDS)
    assert list(made) == [index]
    call_command("rebuild_search")
    assert (
        kept_alias(cluster.index)
        in elasticsearch.ask("GET", f"/{index}/_alias", SECONDS)[index]["aliases"]
    )


def test_a_cluster_that_is_read_only_is_named_with_what_lifts_it(
    index, cluster, elasticsearch
):
    def set_to(value: bool | None) -> None:
        put(
            elasticsearch,
            "/_cluster/settings",
            persistent={"cluster.blocks.read_only": value},
        )

    set_to(True)
    try:
        with pytest.raises(CommandError, match="PUT /_cluster/settings"):
            call_command("rebuild_search")
    finally:
        set_to(None)


def test_a_full_disk_is_a_setup_error_and_a_missing_master_is_not():
    full = errors.error_of(
        429,
        errors.BLOCKED,
        "index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage"
        " watermark, index has read-only-allow-delete block];",
    )
    assert isinstance(full, errors.SetUpError)
    assert "lifts the block by itself" in str(full)
    starting = errors.error_of(
        503, errors.BLOCKED, "blocked by: [SERVICE_UNAVAILABLE/2/no master];"
    )
    assert type(starting) is errors.ClusterUnavailableError
