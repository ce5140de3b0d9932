"""Chromium finds nothing on any page that the content security policy forbids."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.page_types import in_edition

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

RECORD = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ` +
    `${event.sourceFile}:${event.lineNumber} ${event.sample}`));
"""


class Watch:
    """Requests that a page was refused, and the hosts that it requested."""

    def __init__(self, page: Page):
        self.page = page
        self.said: list[str] = []
        self.hosts: set[str] = set()
        page.add_init_script(RECORD)
        page.on("console", lambda message: self._note(message.text))
        page.on("request", lambda request: self.hosts.add(_host(request.url)))

    def _note(self, text: str) -> None:
        if "Content Security Policy" in text or "Permissions-Policy" in text:
            self.said.append(text)

    def refused(self) -> list[str]:
        """Return what was refused on this page and in its frames, and forget it."""
        found = [*self.said]
        for frame in self.page.frames:
            found += frame.evaluate("window.violations ?? []")
        self.said.clear()
        return found


def _host(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc if parts.scheme.startswith(("http", "ws")) else ""


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
    reader.page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.injected = true";
          document.body.append(script);
          const image = document.createElement("img");
          image.setAttribute("onerror", "window.injected = true");
          image.src = "https://elsewhere.example/x.png";
          document.body.append(image);
        }"""
    )
    reader.page.wait_for_function("window.violations.length >= 3")
    assert not reader.page.evaluate("window.injected")
