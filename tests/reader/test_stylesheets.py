"""The rules that docs/design.md sets for the readers' stylesheets."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.reader.stylesheets import (
    TOKENS,
    colours,
    contrast,
    css,
    declarations,
    fluid_pixels,
    paper_tokens,
    screen_tokens,
    stylesheets,
)

DESIGN = settings.BASE_DIR / "docs" / "design.md"
BASE = settings.BASE_DIR / "templates" / "base.html"
SHEETS = pytest.mark.parametrize("path", stylesheets(), ids=lambda path: path.name)

PHYSICAL = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b.*"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r"|left|right|top|bottom|(?:min-|max-)?(?:width|height)"
)
# Values that name a side: of text, of what floats, of a box.
SIDED = {"text-align", "float", "clear", "caption-side", "resize", "text-align-last"}
SIDES = re.compile(r"\b(?:left|right)\b")
# Shorthands with a value for each side, which are equal left and right.
BOXES = {"margin", "padding", "inset", "border-width", "border-radius"}
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\("
    r"|\b(?:white|black|red|green|blue|yellow|gray|grey|orange|silver)\b",
    re.IGNORECASE,
)
# A tick is turned by two sides of its border; it is drawn for either direction.
TICK = "0 2px 2px 0"

# Text, and what it stands on: WCAG 2.2, 1.4.3.
TEXT_PAIRS = [
    ("--ink", "--paper"),
    ("--ink", "--paper-tinted"),
    ("--ink-soft", "--paper"),
    ("--ink-soft", "--paper-tinted"),
    ("--ink-red", "--paper"),
    ("--ink-red", "--paper-tinted"),
    ("--ink", "--marked"),
    ("--ink", "--removed"),
    ("--ink", "--added"),
    ("--button-ink", "--button"),
    ("--paper", "--ink-red"),
]
# What one must see to use a page: WCAG 2.2, 1.4.11.
PART_PAIRS = [
    ("--field-border", "--paper"),
    ("--focus", "--paper"),
    ("--focus", "--paper-tinted"),
    ("--rule-strong", "--paper"),
]


@SHEETS
def test_layout_is_logical(path: Path) -> None:
    found = [
        f"{one.name}: {one.value}"
        for one in declarations(path)
        if PHYSICAL.fullmatch(one.name)
        or (one.name in SIDED and SIDES.search(one.value))
        or (one.name in BOXES and one.value != TICK and _is_lopsided(one.value))
    ]
    assert found == []


@SHEETS
def test_colours_are_tokens(path: Path) -> None:
    if path == TOKENS:
        return
    found = [
        f"{one.name}: {one.value}"
        for one in declarations(path)
        if one.name not in {"font-family", "src"} and COLOUR.search(_bare(one.value))
    ]
    assert found == []


@SHEETS
def test_every_token_in_use_is_declared(path: Path) -> None:
    used = set(re.findall(r"var\((--[\w-]+)", css(path)))
    assert used - set(screen_tokens()) == set()


def test_no_token_is_declared_in_vain() -> None:
    used = {
        name
        for path in stylesheets()
        for name in re.findall(r"var\((--[\w-]+)", css(path))
    }
    assert set(screen_tokens()) - used == set()


def test_paper_has_no_token_of_its_own() -> None:
    assert set(paper_tokens()) - set(screen_tokens()) == set()


@pytest.mark.parametrize("medium", ["light", "dark", "paper"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS, ids=" on ".join)
def test_text_can_be_read(text: str, ground: str, medium: str) -> None:
    assert contrast(colours(text)[medium], colours(ground)[medium]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("part", "ground"), PART_PAIRS, ids=" on ".join)
def test_controls_have_enough_contrast(part: str, ground: str, scheme: str) -> None:
    assert contrast(colours(part)[scheme], colours(ground)[scheme]) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_the_documented_tokens_are_the_declared_ones() -> None:
    """A row of a table in the document: `--token`, its value or what it is for."""
    rows = re.findall(
        r"^\| `(--[\w-]+)` \| `([^`]+)`", DESIGN.read_text(encoding="utf-8"), re.M
    )
    assert dict(rows) == screen_tokens()
    assert len(rows) == len(screen_tokens())


def test_the_documented_sizes_are_those_of_the_scale() -> None:
    """A row of the scale: its token, its value, pixels at 360 and 1280, points."""
    rows = re.findall(
        r"^\| `(--step-[-\d]+)` \| `[^`]+` \| (\d+) \| (\d+) \| (\S+) \|",
        DESIGN.read_text(encoding="utf-8"),
        re.M,
    )
    assert {name for name, *_figures in rows} == {
        name for name in screen_tokens() if name.startswith("--step-")
    }
    for name, narrow, wide, points in rows:
        value = screen_tokens()[name]
        assert round(fluid_pixels(value, 360)) == int(narrow), name
        assert round(fluid_pixels(value, 1280)) == int(wide), name
        assert paper_tokens()[name] == points


def test_a_browser_frames_the_page_in_its_paper() -> None:
    html = BASE.read_text(encoding="utf-8")
    for scheme in ("light", "dark"):
        medium = rf"\(prefers-color-scheme: {scheme}\)"
        match = re.search(rf'"theme-color" content="(#\w+)" media="{medium}"', html)
        assert match
        assert match[1] == colours("--paper")[scheme]


def _is_lopsided(value: str) -> bool:
    """Return whether a shorthand with four values names right and left apart."""
    parts = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "()", value).split()
    return len(parts) == 4 and parts[1] != parts[3]


def _bare(value: str) -> str:
    """Return *value* without the names of tokens."""
    return re.sub(r"var\(--[\w-]+\)", "", value)
