"""The rule for which tests may query the database."""

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
