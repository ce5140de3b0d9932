"""Definition of the screenshots of docs/images."""

from dataclasses import dataclass
from typing import Any

WIDE, MIDDLE, NARROW = 1440, 768, 360  # CSS pixels: from a desktop screen to a phone
TELEPHONE = 390
PAPER = 627  # CSS pixels: the width of A4 without the margins of print.css


@dataclass(frozen=True)
class Screenshot:
    """A screenshot of a page that is ``width`` CSS pixels wide.

    ``address`` may contain names of objects of the scene, in braces. ``user`` is one of
    the demo's accounts, or empty for a reader. ``height`` is that of the page; 0 means
    the full height, for public pages only: the admin scrolls within itself. The picture
    begins at the first element that matches the CSS selector ``below``. ``language`` is
    that of the browser, which the admin follows; ``scheme`` is "light" or "dark",
    ``medium`` "screen" or "print". ``status`` is the expected HTTP status.
    """

    name: str
    address: str
    user: str = ""
    width: int = WIDE
    height: int = 900
    below: str = ""
    language: str = "en"
    scheme: str = "light"
    medium: str = "screen"
    status: int = 200

    @property
    def options(self) -> dict[str, Any]:
        """Options for Playwright's browser context."""
        return {
            "viewport": {"width": self.width, "height": self.height or 900},
            "locale": self.language,
            "color_scheme": self.scheme,
            "timezone_id": "Asia/Almaty",
            "reduced_motion": "reduce",
        }


DESK = "/admin/translation-desk/"
ADMIN_PAGES = [
    Screenshot("desk", DESK, user="editor"),
    Screenshot("desk-narrow", DESK, user="editor", width=TELEPHONE, height=844),
    Screenshot(
        "changes",
        "/admin/translation-desk/changes/{outdated}/",
        user="translator-en",
        height=800,
    ),
    Screenshot(
        "segments",
        "/admin/translation-desk/translation/{in_progress}/",
        user="translator-en",
        height=1200,
    ),
]
# A representative dozen: each kind of page, each script, each width, dark and print.
READER_PAGES = [
    Screenshot("home", "/kk/", height=1100),
    Screenshot("home-narrow", "/kk/", width=NARROW, height=800),
    Screenshot("report", "/kk/{forum_kk}", height=1100),
    Screenshot("article-blocks", "/kk/{forum_kk}", below=".fact-box", height=1400),
    Screenshot("article-latin", "/kk-latn/{forum_kk}", width=MIDDLE),
    Screenshot("article-arabic", "/kk-arab/{forum_kk}", height=1100),
    Screenshot("article-dark", "/en/{forum_en}", scheme="dark", height=1100),
    Screenshot("article-foot", "/kk/{dam_kk}", below=".table", width=MIDDLE),
    Screenshot(
        "article-print", "/ru/{dam_ru}", width=PAPER, height=986, medium="print"
    ),
    Screenshot("search", "/kk/search/?q=қалалардың+дамуы", height=1000),
    Screenshot("archive-month", "/kk/archive/2025/07/", height=800),
    Screenshot("place-dark", "/ru/{place_ru}", scheme="dark", width=MIDDLE),
    Screenshot("version-changes", "/kk/{dam_kk}versions/1/changes/", width=MIDDLE),
]
PAGES = [*ADMIN_PAGES, *READER_PAGES]
