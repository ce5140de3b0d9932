"""Layouts of pictures on pages, and the renditions that each layout needs.

The widths in ``sizes`` are those of ``static/css`` and must be changed together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

# A browser uses the first of the formats that it supports.
MODERN_FORMATS = {"avif": "image/avif", "webp": "image/webp"}
# Supported by every browser. One file is enough: few browsers use it.
FALLBACK_FORMAT = "jpeg"


@dataclass(frozen=True, slots=True)
class Layout:
    """A place on pages that shows pictures.

    ``widths`` are those of the renditions, in pixels, ascending; ``fallback_width`` is
    that of the JPEG, at least the width of the place. Pictures are cropped to ``ratio``
    (width, height) around their focal point, or shown whole if it is None. ``sizes`` is
    the value of the HTML attribute, ``portrait_sizes`` that for upright pictures.
    """

    name: str
    fallback_width: int
    widths: tuple[int, ...] = ()
    ratio: tuple[int, int] | None = None
    sizes: str = ""
    portrait_sizes: str = ""

    def fallback(self) -> str:
        """Return the filter spec of the JPEG, which must exist."""
        return self._spec(self.fallback_width, FALLBACK_FORMAT)

    def sources(self, image: Any) -> dict[str, list[str]]:
        """Return the filter specs of *image* by modern format, ascending by width.

        Widths are smaller than the picture's, except the last, for which Wagtail
        returns the full width: it does not enlarge pictures.
        """
        widths = list(self._widths_of(image))
        return {
            name: [self._spec(width, name) for width in widths]
            for name in MODERN_FORMATS
            if widths
        }

    def specs(self) -> Iterator[str]:
        """Yield every filter spec that this layout can use for any picture."""
        yield self.fallback()
        for name in MODERN_FORMATS:
            yield from (self._spec(width, name) for width in self.widths)

    def specs_of(self, image: Any) -> list[str]:
        """Return the filter specs of *image* for this layout, the JPEG first."""
        return [
            self.fallback(),
            *(s for one in self.sources(image).values() for s in one),
        ]

    def sizes_of(self, image: Any) -> str:
        is_portrait = image.height > image.width
        return (is_portrait and self.portrait_sizes) or self.sizes

    def _widths_of(self, image: Any) -> Iterator[int]:
        widest = image.width
        if self.ratio:
            widest = min(widest, image.height * self.ratio[0] // self.ratio[1])
        narrower = list(takewhile(lambda width: width < widest, self.widths))
        return iter(self.widths[: len(narrower) + 1])

    def _spec(self, width: int, format_name: str) -> str:
        if self.ratio:
            size = f"fill-{width}x{width * self.ratio[1] // self.ratio[0]}"
        else:
            size = f"width-{width}"
        return f"{size}|format-{format_name}|plain"


# At most 28rem: `.picture.is-portrait img` in components/article.css.
PORTRAIT = "(min-width: 30rem) 28rem, 100vw"

LEAD = Layout(
    "lead",
    widths=(480, 800, 1200, 1600, 1960),
    fallback_width=1200,
    sizes="(min-width: 82rem) 61rem, (min-width: 64rem) calc(100vw - 21rem), "
    "(min-width: 48rem) calc(100vw - 3rem), 100vw",
    portrait_sizes=PORTRAIT,
)
BODY = Layout(
    "body",
    widths=(480, 800, 1344),
    fallback_width=800,
    sizes="(min-width: 45rem) 42rem, calc(100vw - 2rem)",
    portrait_sizes=PORTRAIT,
)
FRONT = Layout(
    "front",
    widths=(480, 810, 1200, 1650),
    fallback_width=1200,
    ratio=(3, 2),
    sizes="(min-width: 82rem) 51rem, (min-width: 64rem) calc(68vw - 5rem), "
    "(min-width: 48rem) calc(100vw - 3rem), 100vw",
)
ROW = Layout(
    "row",
    widths=(192, 384),
    fallback_width=384,
    ratio=(3, 2),
    sizes="(min-width: 64rem) 12rem, (min-width: 48rem) 10rem, 6rem",
)
# Shown by other sites that link to an article. They require a JPEG.
CARD = Layout("card", fallback_width=1200, ratio=(40, 21))

LAYOUTS = {layout.name: layout for layout in (LEAD, BODY, FRONT, ROW, CARD)}
LISTED = (FRONT, ROW)
"""The layouts of lead pictures in lists of articles."""
