"""The site's own fonts have every letter that its languages are written in.

What counts is what a browser would use: a letter is there if a file of the family has
it *and* the stylesheet gives that letter to that file.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from newsroom.transliteration.editions import ARABIC
from search.languages.kazakh.transliteration.letters import (
    ALPHABETS,
    ARABIC_PUNCTUATION,
    HAMZA,
)

CSS = settings.BASE_DIR / "static" / "css" / "fonts.css"
TOKENS = settings.BASE_DIR / "static" / "css" / "tokens.css"

LETTERS = {
    "Russian": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "Kazakh Cyrillic": "ӘәҒғҚқҢңӨөҰұҮүҺһІі",
    "Kazakh Latin": "AaÄäBbDdEeFfGgĞğHhIıİiJjKkLlMmNnÑñŊŋOoÖöPpQqRrSsŞşTtUuŪūÜüVvYyZz",
    "English": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "digits and signs": "0123456789₸№%+−×=§°²€$",
    "punctuation": "«»“”„‘’–—…·.,;:!?()[]/-\N{NO-BREAK SPACE}",
}
STYLES = [("Literata", "normal"), ("Literata", "italic"), ("Commissioner", "normal")]
ARABIC_STYLES = [("Noto Naskh Arabic", "normal"), ("Noto Sans Arabic", "normal")]
# One word in one weight, for the link to the pages in Arabic letters.
NAME_STYLE = ("Noto Sans Arabic name", "normal")
ALL_STYLES = [*STYLES, *ARABIC_STYLES, NAME_STYLE]
ARABIC_CSS = CSS.parent / "arabic.css"
LARGEST_NAME_FILE = 3_000
LARGEST_FILE = 120_000  # bytes: what a slow connection fetches in about a second


@dataclass(frozen=True)
class Face:
    """One @font-face rule that loads a file."""

    family: str
    style: str
    path: Path
    ranges: tuple[tuple[int, int], ...]

    def letters(self) -> set[int]:
        """Return the characters that a browser takes from this file."""
        with TTFont(self.path) as font:
            cmap = font.getBestCmap()
        return {
            code
            for code in cmap
            if any(first <= code <= last for first, last in self.ranges)
        }


def _descriptor(rule: str, name: str) -> str:
    match = re.search(rf"{name}:\s*([^;]+);", rule)
    return " ".join(match[1].split()).strip('"') if match else ""


def _ranges(text: str) -> tuple[tuple[int, int], ...]:
    pairs = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", text)
    return tuple((int(first, 16), int(last or first, 16)) for first, last in pairs)


@cache
def faces() -> list[Face]:
    rules = re.findall(r"@font-face\s*{([^}]*)}", CSS.read_text(encoding="utf-8"))
    return [
        Face(
            family=_descriptor(rule, "font-family"),
            style=_descriptor(rule, "font-style"),
            path=(CSS.parent / source[1]).resolve(),
            ranges=_ranges(_descriptor(rule, "unicode-range")),
        )
        for rule in rules
        if (source := re.search(r'url\("([^"]+)"\)', rule))
    ]


@cache
def letters_of(family: str, style: str) -> frozenset[int]:
    return frozenset().union(
        *(
            face.letters()
            for face in faces()
            if (face.family, face.style) == (family, style)
        )
    )


@pytest.mark.parametrize("alphabet", LETTERS)
@pytest.mark.parametrize(("family", "style"), STYLES, ids=" ".join)
def test_every_letter_is_in_the_fonts(family: str, style: str, alphabet: str) -> None:
    missing = [c for c in LETTERS[alphabet] if ord(c) not in letters_of(family, style)]
    assert not missing, f"{family} {style} lacks {' '.join(missing)}"


def test_the_tokens_name_the_families_that_are_declared() -> None:
    tokens = TOKENS.read_text(encoding="utf-8")
    first_choices = set(re.findall(r'--font-\w+:\s*"([^"]+)"', tokens))
    assert first_choices == {family for family, _style in STYLES}
    assert {(face.family, face.style) for face in faces()} == set(ALL_STYLES)


@pytest.mark.parametrize(("family", "style"), ARABIC_STYLES, ids=" ".join)
def test_all_that_the_converter_writes_in_arabic_is_in_the_fonts(
    family: str, style: str
) -> None:
    written = {
        character
        for spelling in [*ALPHABETS["Arab"].values(), *ARABIC_PUNCTUATION.values()]
        for character in spelling
    } | {HAMZA}
    missing = [c for c in written if ord(c) not in letters_of(family, style)]
    assert not missing, f"{family} lacks {' '.join(missing)}"
    assert f'"{family}"' in ARABIC_CSS.read_text(encoding="utf-8")


def test_the_name_of_the_arabic_edition_is_in_its_own_small_file() -> None:
    (face,) = [one for one in faces() if (one.family, one.style) == NAME_STYLE]
    assert face.letters() == set(map(ord, ARABIC.name))
    assert face.path.stat().st_size < LARGEST_NAME_FILE


def test_no_page_in_another_script_fetches_the_arabic_fonts() -> None:
    tokens = TOKENS.read_text(encoding="utf-8")
    assert not [family for family, _style in ARABIC_STYLES if family in tokens]


def test_each_letter_of_a_style_comes_from_one_file() -> None:
    for family, style in ALL_STYLES:
        ranges = [
            pair
            for face in faces()
            if (face.family, face.style) == (family, style)
            for pair in face.ranges
        ]
        ranges.sort()
        overlaps = [
            (left, right) for left, right in pairwise(ranges) if right[0] <= left[1]
        ]
        # Combining marks stand with the letters of every script.
        assert all(0x0300 <= right[0] <= 0x036F for _left, right in overlaps)


@pytest.mark.parametrize("face", faces(), ids=lambda face: face.path.stem)
def test_a_font_file_is_variable_and_light(face: Face) -> None:
    assert face.path.stat().st_size <= LARGEST_FILE
    if (face.family, face.style) == NAME_STYLE:
        return
    with TTFont(face.path) as font:
        axes = {axis.axisTag: axis for axis in font["fvar"].axes}
    assert (axes["wght"].minValue, axes["wght"].maxValue) == (400, 700)


@pytest.mark.parametrize("family", sorted({face.family for face in faces()}))
def test_the_licence_lies_beside_the_files(family: str) -> None:
    name = family.removesuffix(" name").replace(" ", "-")
    licence = settings.BASE_DIR / "static" / "fonts" / f"{name}-OFL.txt"
    assert "SIL Open Font License, Version 1.1" in licence.read_text(encoding="utf-8")
