"""Screenshots of every kind of public page, for review before design changes.

They are taken in every script and language, at every width, in light and dark: about
700 pictures, which are not kept in the repository.
"""

from itertools import product

from scripts.screenshots.pages import MIDDLE, NARROW, PAPER, WIDE, Screenshot

# The first part of the path, and the language of the paths below it.
EDITIONS = {"kk": "kk", "kk-latn": "kk", "kk-arab": "kk", "ru": "ru", "en": "en"}
HEIGHTS = {WIDE: 1800, MIDDLE: 1600, NARROW: 1500}  # what is visible at a glance
SCHEMES = ("light", "dark")
QUERIES = {"kk": "қала", "kk-latn": "qala", "kk-arab": "قالا", "ru": "город"}
NOTHING = "щщщщ"  # has no search results
# Name, path below the edition, and selector of the element at which it begins.
KINDS = [
    ("home", "", ""),
    ("home-foot", "", ".site-footer"),
    ("section", "{section}", ""),
    ("article", "{forum}", ""),
    ("article-quote", "{forum}", ".quote"),
    ("article-people", "{forum}", ".people"),
    ("article-table", "{dam}", ".table"),
    ("article-foot", "{dam}", ".article__cite"),
    ("article-record", "{forum}", ".article__record"),
    ("search", "search/?q={query}", ""),
    ("search-all", "search/?q={query}&language=all", ""),
    ("search-nothing", f"search/?q={NOTHING}", ""),
    ("archive", "archive/", ""),
    ("archive-year", "archive/2025/", ""),
    ("archive-month", "archive/2025/07/", ""),
    ("archive-names", "archive/place/", ""),
    ("place", "{place}", ""),
    ("person", "{person}", ""),
    ("not-found", "no-such-page/", ""),
    ("not-translated", "{untranslated}", ""),
]
# In Kazakh only: the other languages have not changed.
KAZAKH_KINDS = [
    ("article-corrected", "{dam}", ".corrections"),
    ("versions", "{dam}versions/", ""),
    ("version", "{dam}versions/1/", ""),
    ("version-changes", "{dam}versions/1/changes/", ""),
]
PRINTED_KINDS = ["article", "article-table", "home", "place", "archive-month"]


def everything() -> list[Screenshot]:
    """Return all screenshots, named as in ``article-kk-arab-360-dark``.

    The parts of a name are page, edition, width and scheme.
    """
    return [*_on_screens(), *_on_paper()]


def _on_screens() -> list[Screenshot]:
    return [
        Screenshot(
            f"{name}-{edition}-{width}-{scheme}",
            _address(edition, below),
            width=width,
            height=HEIGHTS[width],
            below=start,
            language=EDITIONS[edition],
            scheme=scheme,
            status=404 if name == "not-found" else 200,
        )
        for edition, width, scheme in product(EDITIONS, HEIGHTS, SCHEMES)
        for name, below, start in _kinds(edition)
    ]


def _on_paper() -> list[Screenshot]:
    return [
        Screenshot(
            f"{name}-{edition}-print",
            _address(edition, below),
            width=PAPER,
            height=0,
            language=EDITIONS[edition],
            medium="print",
        )
        for edition in EDITIONS
        for name, below, _start in KINDS
        if name in PRINTED_KINDS
    ]


def _kinds(edition: str) -> list[tuple[str, str, str]]:
    return [*KINDS, *(KAZAKH_KINDS if EDITIONS[edition] == "kk" else [])]


def _address(edition: str, below: str) -> str:
    """Return the path of a page: ``ru`` and ``{forum}`` give ``/ru/{forum_ru}``."""
    for made in ("section", "forum", "dam", "place", "person", "untranslated"):
        below = below.replace(f"{{{made}}}", f"{{{made}_{EDITIONS[edition]}}}")
    return f"/{edition}/{below}".replace("{query}", QUERIES.get(edition, "city"))
