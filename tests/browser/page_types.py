"""One page of every type that readers meet, found as readers find it."""

import json
from urllib.parse import quote, urlsplit

from playwright.sync_api import Page

from tests.browser.running import RunningSite

MAKE_SPECIMENS = "from tests.browser.specimens import make; make()"
HITS, MISSPELT, NONSENSE = "қала", "қызылырда", "ыбжщкъэю"


def page_types(site: RunningSite, page: Page) -> dict[str, str]:
    """The address of a Kazakh page of each type, by the name of its type.

    Specimens of what the demo lacks are made on the site.
    """
    made = site.manage("shell", "-c", MAKE_SPECIMENS).partition("specimens ")[2]
    specimens = json.loads(made)
    versions = f"{specimens['article']}versions/"
    year = _first(page, "/kk/archive/", ".shelf__links--dated a")
    month = _first(page, year, ".shelf__links--dated a")
    place = _first(page, "/kk/archive/place/", ".names-list a")
    return {
        "front page": "/kk/",
        "section": "/kk/qogam/",
        "article of the demo": _first(page, place, ".teaser a"),
        **specimens,
        "not found": "/kk/no-such-page/",
        "search": "/kk/search/",
        "search with hits": f"/kk/search/?q={quote(HITS)}&language=all",
        "search that asks what was meant": f"/kk/search/?q={quote(MISSPELT)}",
        "search without hits": f"/kk/search/?q={quote(NONSENSE)}",
        "all values of a filter": f"/kk/search/?q={quote(HITS)}&facet=place",
        "archive": "/kk/archive/",
        "year": year,
        "month": month,
        "day": _first(page, month, "a.calendar__day"),
        "list of names": "/kk/archive/place/",
        "place": place,
        "versions": versions,
        "earlier version": f"{versions}1/",
        "changes": f"{versions}1/changes/",
        "login": "/admin/login/",
    }


def _first(page: Page, path: str, selector: str) -> str:
    """The address of the first such link on a page."""
    page.goto(path)
    address = page.locator(selector).first.get_attribute("href")
    assert address, f"{path} has no {selector}"
    return urlsplit(address).path
