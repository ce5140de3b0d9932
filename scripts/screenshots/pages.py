"""What is photographed: a line for each picture of docs/images."""

from dataclasses import dataclass
from typing import Any

WIDE, MIDDLE, NARROW = 1440, 768, 360  # CSS pixels: a desk's screen to a telephone's
TELEPHONE = 390
PAPER = 627  # CSS pixels: the width of A4 without the margins of print.css


@dataclass(frozen=True)
class Screenshot:
    """A picture of a page as wide as ``width``, in CSS pixels.

    ``address`` may name what the scene has made, in braces. ``user`` is one of the
    demo's accounts, nobody for a reader. The page is as long as ``height``; 0 is all of
    it, for readers' pages: the admin scrolls within itself. The picture begins at the
    first element that ``below``, a CSS selector, finds. ``language`` is the browser's,
    which the admin follows; ``scheme`` is "light" or "dark", ``medium`` "screen" or
    "print". ``status`` is the answer that the site should give.
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
        """What Playwright's browser context takes."""
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
# A telling dozen: each kind of page, each script, each width, dark and paper.
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
    Screenshot("archive-month", "/kk/archive/2025/07/", height=800),
    Screenshot("place-dark", "/ru/{place_ru}", scheme="dark", width=MIDDLE),
    Screenshot("version-changes", "/kk/{dam_kk}versions/1/changes/", width=MIDDLE),
]
PAGES = [*ADMIN_PAGES, *READER_PAGES]
