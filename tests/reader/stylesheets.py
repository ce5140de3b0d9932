"""The readers' stylesheets: tokens, colours and contrast."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = settings.BASE_DIR / "static" / "css"
TOKENS = FOLDER / "tokens.css"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"([-\w]+)\s*:\s*([^;{}]+);")
_LIGHT_DARK = re.compile(r"light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
_CLAMP = re.compile(r"clamp\(([\d.]+)rem, ([\d.]+)rem \+ ([\d.]+)vw, ([\d.]+)rem\)")


@dataclass(frozen=True)
class Declaration:
    """``name: value`` and where it stands."""

    path: Path
    name: str
    value: str


def stylesheets() -> list[Path]:
    """Return all but the admin's, which use Wagtail's own tokens."""
    return [path for path in sorted(FOLDER.rglob("*.css")) if "admin" not in path.parts]


@cache
def css(path: Path) -> str:
    """Return the content of the file without comments."""
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


def declarations(path: Path) -> list[Declaration]:
    return [
        Declaration(path, name, " ".join(value.split()))
        for name, value in _DECLARATION.findall(css(path))
    ]


def screen_tokens() -> dict[str, str]:
    """Return the tokens and their values, without what paper has instead."""
    screen = css(TOKENS).partition("@media print")[0]
    return _tokens(screen)


def paper_tokens() -> dict[str, str]:
    """Return the tokens that paper has a value of its own for."""
    return _tokens(css(TOKENS).partition("@media print")[2])


def _tokens(text: str) -> dict[str, str]:
    return {
        name: " ".join(value.split())
        for name, value in _DECLARATION.findall(text)
        if name.startswith("--")
    }


def colours(token: str) -> dict[str, str]:
    """Return the value of a colour, as ``#rrggbb``, in light and dark and on paper."""
    match = _LIGHT_DARK.fullmatch(screen_tokens()[token])
    assert match, f"{token} is not light-dark(#rrggbb, #rrggbb)"
    light, dark = match.groups()
    return {"light": light, "dark": dark, "paper": paper_tokens().get(token, light)}


def fluid_pixels(value: str, viewport: int) -> float:
    """Convert ``1rem`` or ``clamp(1rem, 1rem + 1vw, 2rem)`` to pixels.

    1rem is 16 pixels; the viewport is *width* pixels wide.
    """
    if match := _CLAMP.fullmatch(value):
        least, base, growth, most = map(float, match.groups())
        return max(least * 16, min(base * 16 + growth * viewport / 100, most * 16))
    return float(value.removesuffix("rem")) * 16


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours by WCAG 2.2, from 1 to 21.

    https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        _linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return ((channel + 0.055) / 1.055) ** 2.4
