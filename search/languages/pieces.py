"""Splitting of a token into its whole and its parts, with the forms of each.

The rules, the same in every language:

- `тау-тас`: the whole and its parts, at the positions of the parts.
- `БҰҰ-ның`, `10-ға`, `21st`: one piece with the stem of the head, if the language says
  that the tail is an ending.
- `1990'larda`: also one piece, in Turkish.
- `20км`, `3,5млн`: the whole, the number and the unit.
- `85,000`, `85.000`: as thousands, and as a fraction in the second stem.
- `+7 (727) 272-12-34`: the number without its country code, and the local number.
- `23.11.2026`: the whole in the order of ISO 8601, and its numbers.
- A URL or an e-mail address: the whole, its host, and the host's own name.
- `中国人民`: 中国, 国人, 人民.
- `%`: the symbol, with the language's word for it as its stem.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from .folding import fold
from .language import Language
from .normalisation import APOSTROPHES, INVISIBLE_CHARACTERS, normalise, strip_invisible
from .terms import Variants
from .tokens import GROUPED, HYPHENS

_JOINTS = frozenset(f"-\u2010\u2011{APOSTROPHES}")
_HYPHEN = re.compile(f"[{HYPHENS}]")
_DIGITS = re.compile(r"\d+")
_DATE = re.compile(
    r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})|(\d{1,2})[-./](\d{1,2})[-./](\d{4})"
)
_UNIT = re.compile(f"[{INVISIBLE_CHARACTERS}]*(?:[^\\W\\d_]|[{HYPHENS}{APOSTROPHES}])")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_AMOUNT = re.compile(
    f"(?P<grouped>{GROUPED})"
    r"|(?P<commas>\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+))"
    r"|(?P<points>\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d+)?|\.\d{3},\d+))"
    r"|(?P<plain>\d+(?:[.,]\d+)*)"
)
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_GROUPS = re.compile(r"\d{1,4}(?:-\d{2,4}){2,4}")
# Digits after the country code, which is 7 or, inside the country, 8.
_NATIONAL_DIGITS = 10
_HOST = re.compile(r"(?:[a-z]+://)?(?:www\.)?([^/?#@:]+)")


class Piece(NamedTuple):
    """A part of a token, by offsets and position within the token."""

    start: int
    end: int
    position: int
    variants: Variants


def take_apart(kind: str, surface: str, language: Language) -> tuple[Piece, ...]:
    """Return the pieces of a token of `kind`, ordered by position, the whole first."""
    if kind == "sign":
        return (_sign(surface, language),)
    if kind == "run":
        pieces = _pairs(surface, language)
    elif kind in ("url", "email"):
        pieces = _address(surface)
    elif kind == "number":
        pieces = _number(surface, language)
    elif kind == "phone":
        pieces = _phone(surface)
    else:
        pieces = _word(surface, language)
    return tuple(piece for piece in pieces if _says_something(piece))


def _says_something(piece: Piece) -> bool:
    """Return whether the piece has a letter or digit, not only marks."""
    return any(map(str.isalnum, piece.variants.exact))


def _same(exact: str) -> Variants:
    return Variants(exact, (exact,), exact, exact)


def _word(surface: str, language: Language, start: int = 0) -> Iterator[Piece]:
    head, hyphen, tail = _split_last(surface)
    if not hyphen:
        yield Piece(start, start + len(surface), 0, language.variants(surface))
    elif language.is_ending(normalise(head), normalise(tail)):
        variants = language.variants(head)
        exact = language.normalise(surface)
        yield Piece(start, start + len(surface), 0, variants._replace(exact=exact))
    else:
        yield from _compound(surface, language)


def _split_last(surface: str) -> tuple[str, str, str]:
    hyphens = list(_HYPHEN.finditer(surface))
    if not hyphens:
        return surface, "", ""
    start, end = hyphens[-1].span()
    return surface[:start], surface[start:end], surface[end:]


def _compound(surface: str, language: Language) -> Iterator[Piece]:
    spans = _spans(surface)
    parts = [_simple(surface[start:end], language) for start, end in spans]
    whole = language.normalise(surface)
    stem_of_head = whole[: whole.rindex("-") + 1]
    last = parts[-1]
    variants = Variants(
        exact=whole,
        stems=tuple(stem_of_head + stem for stem in last.stems),
        prefix=parts[0].prefix,
        folded="".join(part.folded for part in parts),
    )
    yield Piece(0, len(surface), 0, variants)
    for position, ((start, end), part) in enumerate(zip(spans, parts, strict=True)):
        yield Piece(start, end, position, part)


def _spans(surface: str) -> list[tuple[int, int]]:
    edges = [0]
    for match in _HYPHEN.finditer(surface):
        edges += match.span()
    edges.append(len(surface))
    return list(zip(edges[::2], edges[1::2], strict=True))


def _simple(part: str, language: Language) -> Variants:
    if _DIGITS.match(part):
        return next(_number(part, language)).variants
    return language.variants(part)


def _number(surface: str, language: Language) -> Iterator[Piece]:
    date = _DATE.fullmatch(surface)
    if date:
        yield from _date(date)
        return
    match = _TIME.match(surface) or _AMOUNT.match(surface)
    unit = _UNIT.match(surface, match.end()) if match else None
    if match and match.end() == len(surface):
        yield Piece(0, len(surface), 0, _digits(surface))
    elif match and unit:
        yield from _number_with(surface, match.end(), unit.end() - 1, language)
    elif strip_invisible(surface) != surface:
        visible = next(_number(strip_invisible(surface), language))
        yield Piece(0, len(surface), 0, visible.variants)
    else:  # A mark inside, or digits that are no decimal ones.
        yield from _word(surface, language)


def _number_with(
    surface: str, end: int, unit: int, language: Language
) -> Iterator[Piece]:
    """Split a number and what follows: `10-ға` gives 10; `20км` gives 20 and км.

    The number ends before invisible characters.
    """
    variants = _digits(surface[:end])
    whole = variants.exact + language.normalise(surface[unit:])
    if surface[unit] in _JOINTS:
        unit += 1
    rest = surface[unit:]
    tail = strip_invisible(rest)
    if language.is_ending(variants.exact, normalise(tail)):
        yield Piece(0, len(surface), 0, variants._replace(exact=whole))
        return
    yield Piece(0, len(surface), 0, _hyphenated(whole))
    yield Piece(0, end, 0, variants)
    spans = [(start, stop) for start, stop in _spans(rest) if start < stop]
    for position, (start, stop) in enumerate(spans, start=1):
        part = _simple(rest[start:stop], language)
        yield Piece(unit + start, unit + stop, position, part)


def _digits(surface: str) -> Variants:
    """Return the variants of a number that is written in any of the usual ways."""
    amount = _amount(surface)
    if _ONE_GROUP.fullmatch(surface):
        thousands = "".join(_DIGITS.findall(surface))
        return Variants(thousands, (thousands, amount), thousands, thousands)
    return _telephone(amount)


def _hyphenated(whole: str) -> Variants:
    """Return the variants of `272-12-34`, which is also typed without hyphens."""
    if not _GROUPS.fullmatch(whole):
        return _same(whole)
    return _written(whole, _national(whole.replace("-", "")))


def _written(spelling: str, digits: str) -> Variants:
    """Return the variants of a number that is found by *spelling* and by *digits*."""
    stems = (spelling, digits) if spelling != digits else (digits,)
    return Variants(spelling, stems, digits, digits)


def _telephone(digits: str) -> Variants:
    """Return the variants of what may be a telephone number, typed without spaces."""
    national = _national(digits)
    return Variants(digits, (national,), national, national)


def _national(digits: str) -> str:
    """Return a telephone number without its country code or trunk prefix."""
    is_long = len(digits) == _NATIONAL_DIGITS + 1 and digits.isdecimal()
    return digits[1:] if is_long and digits[0] in "78" else digits


def _amount(number: str) -> str:
    """Return digits without grouping, with a point: `10 000` is 10000, `3,5` is 3.5."""
    match = _AMOUNT.fullmatch(number)
    if match is None:
        return number
    digits = "".join(normalise(number).split())
    if match["commas"]:
        return digits.replace(",", "")
    if match["points"]:
        digits = digits.replace(".", "")
    return digits.replace(",", ".")


def _phone(surface: str) -> Iterator[Piece]:
    """Yield the whole number, its area code, and the local number with its groups."""
    country, *groups = _DIGITS.finditer(surface)
    digits = [_amount(match[0]) for match in (country, *groups)]
    yield Piece(0, len(surface), 0, _telephone("".join(digits)))
    if len(groups) < 2:
        return
    area, *local = groups
    yield Piece(*area.span(), 0, _same(digits[1]))
    written = _written("-".join(digits[2:]), "".join(digits[2:]))
    yield Piece(local[0].start(), local[-1].end(), 1, written)
    if len(local) > 1:
        for position, (match, group) in enumerate(
            zip(local, digits[2:], strict=True), start=1
        ):
            yield Piece(*match.span(), position, _same(group))


def _date(match: re.Match[str]) -> Iterator[Piece]:
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    iso = f"{year}-{month:>02}-{day:>02}"
    yield Piece(0, match.end(), 0, _same(normalise(iso)))
    for position, digits in enumerate(_DIGITS.finditer(match[0])):
        yield Piece(*digits.span(), position, _same(_amount(digits[0])))


def _sign(surface: str, language: Language) -> Piece:
    word = language.signs.get(surface)
    variants = _same(surface)
    if word is not None:
        variants = language.variants(word)._replace(exact=surface)
    return Piece(0, len(surface), 0, variants)


def _address(surface: str) -> Iterator[Piece]:
    whole = normalise(surface).rstrip("/")
    yield Piece(0, len(surface), 0, _same(whole))
    at = surface.find("@") + 1
    host = _HOST.match(surface.lower(), at)
    if host is None:
        return
    start, end = host.span(1)
    yield Piece(start, end, 0, _same(normalise(surface[start:end])))
    name = surface.rfind(".", start, end)
    if name > start:
        start = surface.rfind(".", start, name) + 1 or start
        yield Piece(start, name, 0, _same(normalise(surface[start:name])))


def _pairs(surface: str, language: Language) -> Iterator[Piece]:
    starts = [
        index
        for index, character in enumerate(surface)
        if index == 0 or not unicodedata.category(character).startswith("M")
    ]
    edges = [*starts, len(surface)]
    if len(starts) == 1:
        edges.append(len(surface))
    for position, (start, end) in enumerate(zip(edges, edges[2:], strict=False)):
        pair = language.normalise(surface[start:end])
        yield Piece(start, end, position, Variants(pair, (pair,), pair, fold(pair)))
