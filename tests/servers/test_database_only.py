"""``--database-only`` leaves out no test that may run a query."""

from types import SimpleNamespace

import pytest
from django.test import SimpleTestCase

from tests.servers.database_use import (
    is_in_sample,
    needs_each_database,
    uses_database,
)
from tests.servers.fixtures import pytest_collection_modifyitems


@pytest.fixture
def through_another(homes):
    return homes


def test_a_test_without_a_database_is_left_out(request):
    assert not uses_database(request.node)


@pytest.mark.django_db
def test_a_marked_test_is_kept(request):
    assert uses_database(request.node)


def test_a_test_whose_fixture_takes_the_database_is_kept(through_another, request):
    assert uses_database(request.node)


def test_a_test_with_a_copy_of_the_database_is_kept(own_database, request):
    assert uses_database(request.node)


def test_a_test_case_of_django_is_kept():
    item = SimpleNamespace(cls=SimpleTestCase, get_closest_marker=lambda _name: None)
    assert uses_database(item)


def item_named(nodeid: str, *fixtures: str, mark: str = "") -> SimpleNamespace:
    return SimpleNamespace(
        nodeid=nodeid,
        fixturenames=fixtures,
        get_closest_marker=lambda name: name if name == mark else None,
        add_marker=lambda _mark: None,
    )


def test_the_search_and_concurrent_changes_are_tested_on_each_database():
    assert needs_each_database(item_named("tests/search/test_a.py::test_b"))
    assert needs_each_database(
        item_named("tests/articles/test_a.py::t", "own_database")
    )
    assert not needs_each_database(item_named("tests/articles/test_a.py::t", "db"))
    assert not needs_each_database(
        item_named("tests/search/test_a.py::test_b", mark="elasticsearch")
    )


def test_a_sample_is_as_large_as_asked_and_the_same_in_every_run():
    items = [item_named(f"tests/articles/test_a.py::test_{n}") for n in range(1_000)]
    chosen = [item.nodeid for item in items if is_in_sample(item, 4)]
    assert 200 < len(chosen) < 300
    assert chosen == [item.nodeid for item in items if is_in_sample(item, 4)]
    assert all(is_in_sample(item, 1) for item in items)


@pytest.mark.parametrize(
    ("one_in", "kept"), [(1, range(1_000, 1_001)), (4, range(200, 300))]
)
def test_the_options_leave_out_tests_without_a_database_and_all_but_a_sample(
    request, one_in, kept
):
    left_out: list = []
    config = SimpleNamespace(
        getoption={"database_only": True, "one_in": one_in}.__getitem__,
        hook=SimpleNamespace(pytest_deselected=lambda items: left_out.extend(items)),
    )
    using = [
        item_named(f"tests/articles/test_a.py::test_{n}", "db") for n in range(1_000)
    ]
    searching = item_named("tests/search/test_a.py::test_b", "db")
    items = [request.node, *using, searching]
    pytest_collection_modifyitems(config, items)
    assert searching in items
    assert request.node in left_out
    assert len(items) + len(left_out) == 1_002
    assert len(items) - 1 in kept


def test_without_the_option_no_test_is_left_out(request):
    config = SimpleNamespace(
        getoption={"database_only": False}.__getitem__,
        hook=SimpleNamespace(pytest_deselected=pytest.fail),
    )
    items = [request.node]
    pytest_collection_modifyitems(config, items)
    assert items == [request.node]
