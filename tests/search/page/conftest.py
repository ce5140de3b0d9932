"""Articles of the archive whose search page is tested."""

import pytest

from search.signals import searched
from tests.factories import make_section
from tests.search.page.pages import store_places


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


@pytest.fixture
def places(section):
    return store_places(section)


@pytest.fixture
def sent_signals():
    """Collect the arguments of each `searched` signal."""
    received = []

    def listen(sender, **kwargs):
        received.append({k: v for k, v in kwargs.items() if k != "signal"})

    searched.connect(listen)
    yield received
    searched.disconnect(listen)
