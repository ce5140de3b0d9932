"""Fixtures of the tests of the archive."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from newsroom.articles.models import ArticlePage, SectionPage
from search.index import term_statistics
from tests.factories import locale_of, make_article, make_section

ALMATY = ZoneInfo("Asia/Almaty")


def at(*parts: int) -> datetime:
    """Return a moment by the clocks of Almaty."""
    return datetime(*parts, tzinfo=ALMATY)


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def section(homes) -> SectionPage:
    return make_section(homes["kk"])


@pytest.fixture
def publish(section) -> Callable[..., ArticlePage]:
    """Publish an article, and let what is counted afterwards be counted."""

    def article(**fields) -> ArticlePage:
        page = make_article(section, **fields)
        term_statistics.apply_all_deltas()
        return page

    return article


@pytest.fixture
def translated() -> Callable[..., ArticlePage]:
    """Publish a version of an article in another language."""

    def version(page: ArticlePage, code: str, **fields) -> ArticlePage:
        copy = page.copy_for_translation(locale_of(code), copy_parents=True)
        for name, value in fields.items():
            setattr(copy, name, value)
        copy.save_revision().publish()
        term_statistics.apply_all_deltas()
        return ArticlePage.objects.get(pk=copy.pk)

    return version
