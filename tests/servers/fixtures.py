"""The servers as fixtures, and the rule that each is started once.

A test that takes one of them, or that carries the ``elasticsearch`` or ``postgresql``
mark because it asks for the fixture by name, gets the mark and runs in the one worker
that has the server. Where the server cannot be had the test is skipped by name; with
CI set it fails.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from typing import NoReturn, TypeVar

import pytest

from tests.servers.database_use import (
    is_in_sample,
    needs_each_database,
    uses_database,
)
from tests.servers.elasticsearch import QUICK_START, ElasticsearchNode
from tests.servers.elasticsearch_cluster import ElasticsearchCluster
from tests.servers.elasticsearch_security import SecuredElasticsearchNode
from tests.servers.postgresql import PostgreSQLServer
from tests.servers.processes import ServerMissingError

FIXTURES = {
    "elasticsearch": {
        "elasticsearch_node",
        "elasticsearch",
        "elasticsearch_nodes",
        "elasticsearch_cluster",
        "secured_node",
        "secured_elasticsearch",
    },
    "postgresql": {"postgresql_server"},
}
Server = TypeVar("Server", ElasticsearchNode, ElasticsearchCluster, PostgreSQLServer)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="Run only the tests that may query the database.",
    )
    parser.addoption(
        "--one-in",
        type=int,
        default=1,
        help="With --database-only: of the tests to which the database makes no"
        " difference, run one in this many.",
    )


@pytest.hookimpl(tryfirst=True)  # before marks are selected and tests are dealt out
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    for item in items:
        taken = set(getattr(item, "fixturenames", ()))
        for server, fixtures in FIXTURES.items():
            if taken & fixtures:
                item.add_marker(server)
            if item.get_closest_marker(server):
                item.add_marker(pytest.mark.xdist_group(server))
    if config.getoption("database_only"):
        _keep_database_tests(config, items)


def _keep_database_tests(config: pytest.Config, items: list[pytest.Item]) -> None:
    one_in = config.getoption("one_in")
    kept, others = [], []
    for item in items:
        is_kept = uses_database(item) and (
            needs_each_database(item) or is_in_sample(item, one_in)
        )
        (kept if is_kept else others).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=others)


def missing(reason: str) -> NoReturn:
    """End the test: as a failure in CI, which has everything, else as a skip."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def program(name: str, *, package: str) -> str:
    """Return the path of a program of Debian, or end the test."""
    if path := shutil.which(name):
        return path
    missing(f"{name} is missing. On Debian: apt-get install {package}")


def served(make: Callable[[], Server]) -> Iterator[Server]:
    """Run a server for as long as its fixture lives."""
    try:
        server = make()
    except ServerMissingError as error:
        missing(str(error))
    with server:
        yield server


@pytest.fixture(scope="session")
def elasticsearch_node() -> Iterator[ElasticsearchNode]:
    """One node for all tests; who stops or pauses it takes ``elasticsearch``."""
    yield from served(partial(ElasticsearchNode, java_options=QUICK_START))


@pytest.fixture
def elasticsearch(elasticsearch_node: ElasticsearchNode) -> Iterator[ElasticsearchNode]:
    """The running node without any index; restored after each test."""
    elasticsearch_node.clear()
    yield elasticsearch_node
    elasticsearch_node.mend()
    elasticsearch_node.clear()


@pytest.fixture(scope="session")
def elasticsearch_nodes() -> Iterator[ElasticsearchCluster]:
    """A cluster of three nodes for all tests, which take ``elasticsearch_cluster``."""
    yield from served(partial(ElasticsearchCluster, java_options=QUICK_START))


@pytest.fixture
def elasticsearch_cluster(
    elasticsearch_nodes: ElasticsearchCluster,
) -> Iterator[ElasticsearchCluster]:
    """The cluster without any index; what a test does to it is mended afterwards."""
    elasticsearch_nodes.clear()
    yield elasticsearch_nodes
    elasticsearch_nodes.mend()
    elasticsearch_nodes.clear()


@pytest.fixture(scope="session")
def secured_node() -> Iterator[SecuredElasticsearchNode]:
    """A node on https with a password for all tests."""
    yield from served(partial(SecuredElasticsearchNode, java_options=QUICK_START))


@pytest.fixture
def secured_elasticsearch(
    secured_node: SecuredElasticsearchNode,
) -> Iterator[SecuredElasticsearchNode]:
    """The node on https without any index."""
    yield secured_node
    secured_node.clear()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQLServer]:
    """A PostgreSQL server beside the tests' own database."""
    yield from served(PostgreSQLServer)
