"""What the tests of files share."""

import pytest
from django.utils import translation as languages


@pytest.fixture(autouse=True)
def english():
    """Messages are in English, whatever language an earlier test has left active."""
    with languages.override("en"):
        yield
