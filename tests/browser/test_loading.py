"""Loading of pages in a browser: no layout shifts, no errors, no other hosts."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, Response, Route

from tests.browser.conftest import PATIENCE_MS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

LARGEST_SHIFT = 0.02
# The short texts of a search, one below another, move more when a line breaks
# elsewhere; 0.1 is what Web Vitals call good.
LARGEST_SHIFT_OF = {"search": 0.1}
PHONE, DESK = (360, 740), (1440, 900)
READ_IN = [
    (one, size) for one in ("kk", "kk-latn", "kk-arab") for size in (PHONE, DESK)
]
SOME = [("kk", DESK), ("kk-arab", PHONE)]
# What comes late makes room for itself: text is read before its fonts are there.
LATE_SECONDS = 0.2  # browsers wait half of that for a font

OBSERVE = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    window.shifts.push({
      value: entry.value,
      moved: entry.sources.map(({node, previousRect, currentRect}) =>
        [node?.outerHTML?.slice(0, 80) ?? node?.textContent?.slice(0, 40),
          previousRect.y, currentRect.y, previousRect.height, currentRect.height]),
    });
}).observe({type: "layout-shift", buffered: true});
"""
# Screen by screen to the end, with time for what is loaded when it comes into sight.
SCROLL = """
async () => {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  await document.fonts.ready;
  let last = -1;
  while (scrollY !== last) {
    last = scrollY;
    scrollBy({top: innerHeight * 0.8, behavior: "instant"});
    await pause(100);
    await Promise.all([...document.images].filter((image) => !image.complete &&
      image.getBoundingClientRect().top < innerHeight).map((image) =>
        new Promise((done) => { image.onload = image.onerror = done; })));
  }
  await document.fonts.ready;
  await pause(200);
}
"""
UNSEEN = """
() => [...document.images]
  .filter((image) => !(image.complete && image.naturalWidth && image.width &&
    image.hasAttribute("width") && image.hasAttribute("height")))
  .map((image) => image.outerHTML)
"""
ENLARGED = """
() => [...document.images]
  .filter((image) => image.width > Number(image.getAttribute("width")))
  .map((image) => image.outerHTML)
"""


@dataclass
class Watch:
    """Errors of a window, and its requests that leave the site."""

    site: str
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("requestfailed", lambda request: self.faults.append(request.url))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(message.text)

    def _asked(self, request: Request) -> None:
        self.asked.append(request.url)
        if not request.url.startswith((f"{self.site}/", "data:")):
            self.faults.append(f"asks {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")


def late(route: Route) -> None:
    time.sleep(LATE_SECONDS)
    route.continue_()


@pytest.fixture(scope="module")
def addresses(chromium, site) -> dict[str, str]:
    """One page of each type, found as a reader finds it."""
    page = chromium.new_page(base_url=site.url)
    page.set_default_timeout(PATIENCE_MS)

    def first(path: str, selector: str) -> str:
        page.goto(path)
        return page.locator(selector).first.get_attribute("href") or ""

    year = first("/kk/archive/", ".shelf__links--dated a")
    month = first(year, ".shelf__links--dated a")
    found = {
        "home": "/kk/",
        "section": first("/kk/", ".section-navigation a"),
        "article": first("/kk/", ".teaser.has-picture a"),
        "search": "/kk/search/?q=қала",
        "archive": "/kk/archive/",
        "month": month,
        "value": first("/kk/archive/place/", ".names-list a"),
    }
    page.close()
    return found


@pytest.fixture
def watched(new_reader, site) -> Iterator:
    """Return a function that opens a window in which faults are noted."""

    def open_window(**options) -> tuple[Page, Watch]:
        page, watch = new_reader(**options), Watch(site.url)
        watch.over(page)
        return page, watch

    return open_window


@pytest.mark.long(read_in=(SOME, READ_IN))
def test_nothing_moves_and_nothing_fails_while_a_page_is_read(
    watched, addresses, read_in
):
    edition, size = read_in
    for name, path in addresses.items():
        # A window of its own has nothing in its cache.
        page, watch = watched(viewport={"width": size[0], "height": size[1]})
        for files in ("**/*.woff2", "**/media/**"):
            page.route(files, late)
        page.add_init_script(OBSERVE)
        page.goto(path.replace("/kk/", f"/{edition}/", 1))
        page.evaluate(SCROLL)
        shifts = page.evaluate("() => window.shifts")
        largest = LARGEST_SHIFT_OF.get(name, LARGEST_SHIFT)
        assert sum(one["value"] for one in shifts) < largest, (name, shifts)
        assert page.evaluate(UNSEEN) == []
        assert page.evaluate(ENLARGED) == []
        assert watch.faults == [], name
        assert any(url.endswith(".woff2") for url in watch.asked)
        page.context.close()


def test_pictures_far_below_are_loaded_lazily(watched, addresses):
    page, watch = watched(viewport={"width": 360, "height": 740})
    page.goto(addresses["home"], wait_until="networkidle")
    pictures = page.locator("main img")
    assert pictures.count() >= 3
    assert pictures.last.evaluate("image => image.complete") is False
    assert pictures.first.evaluate("image => image.complete") is True
    page.evaluate(SCROLL)
    assert page.evaluate(UNSEEN) == []
    assert watch.faults == []
