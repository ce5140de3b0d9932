"""The colours can be told apart: WCAG 2.2, 1.4.3 and 1.4.11. axe cannot tell what it
finds on a gradient, under a pointer or around a focus."""

import re

import pytest
from django.contrib.staticfiles import finders

SCHEMES = ("light", "dark")
TEXT, SHAPE = 4.5, 3  # contrasts, to one
TEXTS = [
    *(
        (ink, paper)
        for paper in ("paper", "paper-tinted")
        for ink in ("ink", "ink-red")
    ),
    ("ink-soft", "paper"),
    ("ink-soft", "paper-tinted"),
    ("ink", "marked"),
    ("ink", "removed"),
    ("ink", "added"),
    ("button-ink", "button"),
]
SHAPES = [
    ("focus", "paper"),
    ("focus", "paper-tinted"),
    ("field-border", "paper"),
    ("rule-strong", "paper"),
    ("ink-red", "paper"),
]


@pytest.fixture(scope="module")
def colours() -> dict[str, tuple[str, str]]:
    """The colours of tokens.css in light and in dark, by their names."""
    with open(finders.find("css/tokens.css"), encoding="utf-8") as file:  # noqa: PTH123
        found = re.findall(
            r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", file.read()
        )
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, as WCAG defines it."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted(map(luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_what_wcag_says_it_is():
    assert contrast("#ffffff", "#000000") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [*((*pair, TEXT) for pair in TEXTS), *((*pair, SHAPE) for pair in SHAPES)],
)
def test_two_colours_can_be_told_apart(colours, front, back, least, scheme):
    place = SCHEMES.index(scheme)
    assert contrast(colours[front][place], colours[back][place]) >= least
