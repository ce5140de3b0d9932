"""Chromium finds nothing on any page that the content security policy forbids."""

from urllib.parse import urlsplit

import pytest

from tests.browser.page_types import in_edition
from tests.browser.policy_watch import INJECT, Watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


@pytest.fixture
def reader(new_reader) -> Watch:
    return Watch(new_reader())


@pytest.mark.parametrize("edition", ["kk", "kk-latn", "kk-arab", "ru", "en"])
def test_pages_for_readers_ask_nothing_that_the_policy_forbids(
    reader, addresses, site, edition
):
    code = edition[:2]
    refused = {}
    for name, address in addresses[code].items():
        reader.page.goto(in_edition(address, edition), wait_until="load")
        if found := reader.refused():
            refused[name] = found
    assert refused == {}
    assert reader.hosts - {""} == {urlsplit(site.url).netloc}
    assert len(addresses[code]) >= 16


def test_a_script_that_is_injected_into_a_page_does_not_run(reader, site):
    reader.page.goto("/kk/")
    reader.page.evaluate(INJECT, "https://elsewhere.example/x.png")
    reader.page.wait_for_function("window.violations.length >= 3")
    assert not reader.page.evaluate("window.injected")
