"""Pages that may be published, and some that may not."""

from collections.abc import Callable

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

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
    """Return five drafts: "Т 0" to "Т 4"."""
    return [make_article(section, title=f"Т {n}", live=False) for n in range(5)]


@pytest.fixture
def vetoed():
    """Yield the primary keys of pages that a veto refuses; empty at first."""
    keys = set()

    def veto(page):
        return [Reason("test", "Not like this.")] if page.pk in keys else []

    vetoes.append(veto)
    yield keys
    vetoes.remove(veto)


@pytest.fixture
def refused(drafts, vetoed):
    """Return the primary keys of vetoed pages, at first that of the first draft."""
    vetoed.add(drafts[0].pk)
    return vetoed


@pytest.fixture
def make_page(homes) -> Callable[..., Page]:
    """Make a draft that is a plain page, which costs far less than an article."""
    made: list[Page] = []

    def make(parent: Page | None = None, **fields) -> Page:
        fields = {"title": f"P {len(made)}", "live": False} | fields
        page = (parent or homes["kk"]).add_child(instance=Page(**fields))
        made.append(page)
        return page

    return make


@pytest.fixture
def page(make_page) -> Page:
    return make_page()


@pytest.fixture
def locks(monkeypatch) -> list[tuple[type, dict]]:
    """Return the models and options of row locks, as if rows could be skipped.

    SQLite, which locks whole files, ignores them.
    """
    usual, taken = QuerySet.select_for_update, []

    def select_for_update(self, **options):
        taken.append((self.model, options))
        return usual(self, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", select_for_update)
    monkeypatch.setattr(connection.features, "has_select_for_update_skip_locked", True)
    return taken


@pytest.fixture
def ask(rf) -> Callable[..., HttpRequest]:
    """Make a request that can hold messages."""

    def make(url: str = "/admin/", *, method: str = "get", **kwargs) -> HttpRequest:
        request = getattr(rf, method)(url, **kwargs)
        request._messages = CookieStorage(request)
        return request

    return make
