"""The tests of the bin share articles in translation with those of the desk."""

from tests.translation.conftest import (  # noqa: F401
    article,
    committed,
    published,
    sections,
    standing_sections,
)
