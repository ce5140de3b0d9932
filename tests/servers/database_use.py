"""The rules for which tests may query the database, and which need each of them."""

import zlib

import pytest
from django.test import SimpleTestCase


def uses_database(item: pytest.Item) -> bool:
    """Return whether pytest-django, or a server's fixture, lets *item* run queries."""
    fixtures = {"db", "transactional_db", "django_db_setup", "postgresql_server"}
    is_test_case = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    return (
        is_test_case
        or item.get_closest_marker("django_db") is not None
        or not fixtures.isdisjoint(getattr(item, "fixturenames", ()))
    )


def needs_each_database(item: pytest.Item) -> bool:
    """Return whether *item* tests what databases do differently.

    That is what threads and processes commit beside each other, and the search, whose
    SQL is written for each database by hand. All other SQL is Django's.
    """
    if "own_database" in getattr(item, "fixturenames", ()):
        return True
    is_in_elasticsearch = item.get_closest_marker("elasticsearch") is not None
    return item.nodeid.startswith("tests/search/") and not is_in_elasticsearch


def is_in_sample(item: pytest.Item, one_in: int) -> bool:
    """Return whether *item* is among one in *one_in* tests, the same in every run."""
    return zlib.crc32(item.nodeid.encode()) % one_in == 0
