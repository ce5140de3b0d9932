"""The tables and the plot of docs/performance.md, generated from stored results."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.search.plot import NAMES, drawn
from benchmarks.search.runs import AGAIN, KINDS, kept

DOCS = Path(__file__).parents[2] / "docs"
BEGIN, END = "<!-- figures: made by make bench -->", "<!-- end of figures -->"

# Target milliseconds for 95 of 100 searches, by engine and size. The second value
# applies to searches with common words.
TARGETS = {
    ("sqlite", 10_000): (40, 100),
    ("sqlite", 100_000): (80, 450),
    ("postgresql", 10_000): (60, 60),
    ("postgresql", 100_000): (150, None),
    ("elasticsearch", 100_000): (80, 80),
    ("elasticsearch", 1_000_000): (150, 150),
}
SUGGESTION_TARGET = 30


def draw() -> None:
    """Write the plot, and the tables between the two markers."""
    runs = kept()
    panels = {
        kind: {
            engine: points
            for engine in NAMES
            if (points := _points(runs, engine, kind))
        }
        for kind in KINDS
    }
    title = "95 of 100 searches, with all facets and excerpts, take less than"
    (DOCS / "images" / "search-cost.svg").write_text(drawn(title, panels))
    file = DOCS / "performance.md"
    before, _begin, rest = file.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    tables = "\n".join(line for part in _tables(runs) for line in part)
    text = f"{before}{BEGIN}\n\n{tables}\n{END}{after}"
    file.write_text(text, encoding="utf-8")
    print(tables)


def _points(
    runs: list[dict[str, Any]], engine: str, kind: str
) -> list[tuple[int, float]]:
    return [
        (one["size"], one["ask"][kind]["p95"])
        for one in runs
        if one["engine"] == engine and kind in one.get("ask", ())
    ]


def _tables(runs: list[dict[str, Any]]) -> Iterator[Iterable[str]]:
    yield _table(
        "Searches, in milliseconds",
        "Engine | entries | queries | median | p95 | target | p95 of the best of three"
        " | longest | SQL | load",
        _searches(runs),
    )
    yield _table(
        "Suggestions, in milliseconds",
        f"Engine | entries | letters typed | median | p95 (target {SUGGESTION_TARGET})"
        " | longest | SQL | load",
        _suggestions(runs),
    )
    yield _table(
        "Beside stock Wagtail",
        "Database | entries | search | rare words: median | p95"
        " | answered | recall at 10, any form | recall at 10, another form",
        _peers(runs),
    )
    yield _table(
        "Filling and rebuilding",
        "Engine | entries | put, entries/s | summed up, entries/s | rebuilt, entries/s"
        " | rebuilt again, entries/s | most memory while rebuilding, MB",
        _writing(runs),
    )


def _table(title: str, header: str, rows: Iterable[str]) -> Iterator[str]:
    rows = list(rows)
    if rows:
        yield f"### {title}\n"
        yield f"| {header} |"
        yield "|" + "---|" * (header.count("|") + 1)
        yield from (f"| {row} |" for row in rows)
        yield ""


def _searches(runs: list[dict[str, Any]]) -> Iterator[str]:
    for one in runs:
        for kind, cost in sorted(one.get("ask", {}).items()):
            few, common = TARGETS.get((one["engine"], one["size"]), (None, None))
            target = common if kind == "common" else few
            yield (
                f"{NAMES[one['engine']]} | {one['size']:,} | {kind} |"
                f" {cost['median']:.0f} | {cost['p95']:.0f} | {target or '–'} |"
                f" {cost['best_p95']:.0f} | {cost['max']:.0f} | {cost['queries']} |"
                f" {cost['load']:.1f}"
            )


def _suggestions(runs: list[dict[str, Any]]) -> Iterator[str]:
    for one in runs:
        for letters, cost in sorted(one.get("suggest", {}).items()):
            yield (
                f"{NAMES[one['engine']]} | {one['size']:,} | {letters} |"
                f" {cost['median']:.1f} | {cost['p95']:.1f} | {cost['max']:.0f} |"
                f" {cost['queries']} | {cost['load']:.1f}"
            )


def _peers(runs: list[dict[str, Any]]) -> Iterator[str]:
    for one in runs:
        if "compare" not in one:
            continue
        found = one["compare"]
        database = f"{NAMES[one['engine']]} | {one['size']:,}"
        recalls = found["recall"]
        for key, name in (("ours", "this archive"), ("stock", "stock Wagtail")):
            cost = found[key]
            cells = [
                f"{recalls[way][key]:.3f} ({_ratio(recalls[way][key], recalls[way])})"
                for way in ("any", "other")
            ]
            yield (
                f"{database} | {name} | {cost['median']:.1f} | {cost['p95']:.1f} |"
                f" {found['answered'][key]} of {cost['texts']} | {' | '.join(cells)}"
            )


def _ratio(recall: float, recalls: dict[str, float]) -> str:
    """Return the recall as a multiple of stock Wagtail's."""
    return f"× {recall / recalls['stock']:.1f}" if recalls["stock"] else "–"


def _writing(runs: list[dict[str, Any]]) -> Iterator[str]:
    for one in runs:
        loaded, rebuilt = one.get("load", {}), one.get("rebuild", {})
        rates = [rebuilt.get("rate"), one.get(AGAIN, {}).get("rate")]
        cells = [loaded.get("put_many"), loaded.get("absorbed"), *rates]
        shown = [f"{rate:,.0f}" if rate else "–" for rate in cells]
        peak = f"{rebuilt['peak']:.0f}" if rebuilt else "–"
        yield (
            f"{NAMES[one['engine']]} | {one['size']:,} | {' | '.join(shown)} | {peak}"
        )
