"""One page of every type for readers, found by following links."""

import json
from urllib.parse import quote, urlsplit

from playwright.sync_api import Page

from tests.browser.running import RunningSite

MAKE_SPECIMENS = "from tests.browser.specimens import make; make()"
# Queries: with many hits, with a spelling correction, and without any hit.
QUERIES = {
    "kk": ("қала", "қызылырда", "ыбжщкъэю"),
    "ru": ("город", "кызылырда", "ыбжщкъэю"),
    "en": ("city", "kyzylirda", "xqzjvwk"),
}


def page_types(site: RunningSite, page: Page) -> dict[str, dict[str, str]]:
    """Return the path of a page of each type, by language and name of the type.

    Kazakh has all of them, in the two other scripts as well; specimens of what the
    demo lacks are made on the site.
    """
    made = site.manage("shell", "-c", MAKE_SPECIMENS).partition("specimens ")[2]
    return {
        "kk": {
            **_in_every_language(page, "kk"),
            **json.loads(made),
            "login": "/admin/login/",
        },
        "ru": _in_every_language(page, "ru"),
        "en": _in_every_language(page, "en"),
    }


def in_edition(address: str, edition: str) -> str:
    """Return the path in a script edition: ``/kk/qogam/`` → ``/kk-arab/qogam/``."""
    return (
        address.replace("/kk/", f"/{edition}/", 1) if edition[:2] == "kk" else address
    )


def _in_every_language(page: Page, code: str) -> dict[str, str]:
    year = _first(page, f"/{code}/archive/", ".shelf__links--dated a")
    month = _first(page, year, ".shelf__links--dated a")
    place = _first(page, f"/{code}/archive/place/", ".names-list a")
    hits, misspelt, nonsense = map(quote, QUERIES[code])
    search = f"/{code}/search/"
    return {
        "front page": f"/{code}/",
        "section": _first(page, f"/{code}/", ".section-navigation a"),
        "article of the demo": _first(page, place, ".teaser a"),
        "not found": f"/{code}/no-such-page/",
        "search": search,
        "search with hits": f"{search}?q={hits}&language=all",
        "search that asks what was meant": f"{search}?q={misspelt}",
        "search without hits": f"{search}?q={nonsense}",
        "search for nothing": f"{search}?q=the",
        "all values of a filter": f"{search}?q={hits}&facet=place",
        "archive": f"/{code}/archive/",
        "year": year,
        "month": month,
        "day": _first(page, month, "a.calendar__day"),
        "list of names": f"/{code}/archive/place/",
        "place": place,
    }


def _first(page: Page, path: str, selector: str) -> str:
    """Return the path of the first such link on a page."""
    page.goto(path)
    address = page.locator(selector).first.get_attribute("href")
    assert address, f"{path} has no {selector}"
    return urlsplit(address).path
