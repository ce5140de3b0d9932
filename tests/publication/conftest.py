"""Articles that may be published, and one that may not."""

import pytest

from newsroom.articles.refusals import Reason, vetoes
from tests.factories import make_article, make_section
from tests.translation.conftest import (
    article,
    committed,
    log_in,
    sections,
    standing_sections,
)

__all__ = ["article", "committed", "log_in", "sections", "standing_sections"]


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


@pytest.fixture
def drafts(section):
    """Five drafts: "Т 0" to "Т 4"."""
    return [make_article(section, title=f"Т {n}", live=False) for n in range(5)]


@pytest.fixture
def refused(drafts):
    """The primary keys of pages that a veto refuses; the first draft at first."""
    keys = {drafts[0].pk}

    def veto(page):
        return [Reason("test", "Not like this.")] if page.pk in keys else []

    vetoes.append(veto)
    yield keys
    vetoes.remove(veto)
