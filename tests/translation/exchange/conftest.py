"""Fixtures of the tests of files."""

import pytest
from django.utils import translation as languages


@pytest.fixture(autouse=True)
def english():
    """Activate English, as an earlier test may have left another language active."""
    with languages.override("en"):
        yield
