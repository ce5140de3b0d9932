"""``--database-only`` leaves out no test that may run a query."""

from types import SimpleNamespace

import pytest
from django.test import SimpleTestCase

from tests.servers.fixtures import pytest_collection_modifyitems, uses_database


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


@pytest.mark.parametrize("is_narrowed", [True, False])
def test_only_the_option_leaves_tests_out(request, is_narrowed):
    left_out: list = []
    config = SimpleNamespace(
        getoption=lambda _name: is_narrowed,
        hook=SimpleNamespace(pytest_deselected=lambda items: left_out.extend(items)),
    )
    items = [request.node]
    pytest_collection_modifyitems(config, items)
    assert (items == []) == is_narrowed
    assert left_out == ([request.node] if is_narrowed else [])
