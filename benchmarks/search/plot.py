"""Plot of search times by the size of the archive, as an SVG.

There is a panel for each kind of query and a line for each engine; both axes are
logarithmic.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

PANEL, GAP, LEFT, TOP, BOTTOM = 190, 26, 52, 54, 44
SIZES = (10_000, 100_000, 1_000_000)
MILLISECONDS = (3, 10, 30, 100, 300, 1_000)
# Colours that people with any colour vision can tell apart, on white and on black.
COLOURS = {"sqlite": "#0072b2", "postgresql": "#d55e00", "elasticsearch": "#009e73"}
NAMES = {
    "sqlite": "SQLite",
    "postgresql": "PostgreSQL",
    "elasticsearch": "Elasticsearch",
}
STYLE = (
    "text{font:12px sans-serif;fill:#333}.grid{stroke:#ccc}.frame{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#444}"
    ".frame{fill:#111}}"
)

Lines = Mapping[str, Sequence[tuple[int, float]]]


def drawn(title: str, panels: Mapping[str, Lines]) -> str:
    """Return the SVG; *panels* holds (entries, ms) by kind of query, then by engine."""
    width = LEFT + len(panels) * (PANEL + GAP)
    height = TOP + PANEL + BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' role="img" aria-label="{title}">',
        f"<style>{STYLE}</style>",
        f'<rect class="frame" width="{width}" height="{height}"/>',
        f'<text x="{LEFT}" y="18" font-weight="bold">{title}</text>',
    ]
    for place, (kind, lines) in enumerate(panels.items()):
        left = LEFT + place * (PANEL + GAP)
        parts += _panel(left, kind, lines, has_scale=place == 0)
    parts += _legend(width)
    return "\n".join([*parts, "</svg>", ""])


def _panel(left: float, kind: str, lines: Lines, *, has_scale: bool) -> Iterator[str]:
    yield f'<text x="{left}" y="{TOP - 8}">{kind}</text>'
    for value in MILLISECONDS:
        y = _y(value)
        yield f'<path class="grid" d="M{left} {y:.1f}h{PANEL}"/>'
        if has_scale:
            yield (
                f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{value}'
                " ms</text>"
            )
    for size in SIZES:
        x = left + _x(size)
        yield f'<path class="grid" d="M{x:.1f} {TOP}v{PANEL}"/>'
        yield (
            f'<text x="{x:.1f}" y="{TOP + PANEL + 16}" text-anchor="middle">'
            f"{_short(size)}</text>"
        )
    for engine, points in lines.items():
        colour = COLOURS[engine]
        places = [(left + _x(size), _y(ms)) for size, ms in points]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for x, y in places:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'


def _legend(width: float) -> Iterator[str]:
    y = TOP + PANEL + BOTTOM - 8
    for place, (engine, name) in enumerate(NAMES.items()):
        x = LEFT + place * 130
        yield f'<circle cx="{x}" cy="{y - 4}" r="4" fill="{COLOURS[engine]}"/>'
        yield f'<text x="{x + 9}" y="{y}">{name}</text>'


def _x(size: float) -> float:
    inner = PANEL - 36
    return 18 + inner * _share(size, SIZES)


def _y(ms: float) -> float:
    return TOP + PANEL * (1 - _share(ms, MILLISECONDS))


def _share(value: float, scale: Sequence[float]) -> float:
    """Return the position of *value* on a logarithmic scale, from 0 to 1."""
    low, high = math.log(scale[0]), math.log(scale[-1])
    return min(1.0, max(0.0, (math.log(value) - low) / (high - low)))


def _short(size: int) -> str:
    return f"{size // 1_000_000} M" if size >= 1_000_000 else f"{size // 1_000},000"
