"""What is photographed: a line for each picture."""

from dataclasses import dataclass
from typing import Any

WIDE, NARROW = 1440, 390  # CSS pixels: a desk's screen and a telephone's


@dataclass(frozen=True)
class Screenshot:
    """A picture of a page as wide as ``width``, in CSS pixels.

    ``address`` may name what the scene has made, in braces. ``user`` is one of the
    demo's accounts, nobody for a reader. The page is as long as ``height``; 0 is all of
    it, for readers' pages: the admin scrolls within itself. ``language`` is the
    browser's, which the admin follows; ``scheme`` is "light" or "dark".
    """

    name: str
    address: str
    user: str = ""
    width: int = WIDE
    height: int = 900
    language: str = "en"
    scheme: str = "light"

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
PAGES = [
    Screenshot("desk", DESK, user="editor"),
    Screenshot("desk-narrow", DESK, user="editor", width=NARROW, height=844),
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
