"""Benchmark of an uncached article, beside a stock Wagtail site with the same text.

    python -m benchmarks.serving [--postgresql] [--rounds 10] [--seconds 2]

Both sites are made in a temporary folder and served by granian with production
settings, one process and as many threads. The sites take turns in short rounds; the
result is the median of the ratios of neighbouring rounds. See docs/performance.md for
what the stock site shows. Figures are stored in benchmarks/results/.
"""

import argparse
import html
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.serving.sites import ROOT, Site, archive, stock

RESULTS = ROOT / "benchmarks" / "results"
CONNECTIONS = 4
# Seconds of requests before the first round: templates, catalogues and pictures.
WARM_UP_SECONDS = 2.0
# The editions of Kazakh whose conversion is measured too.
EDITIONS = ("kk-latn", "kk-arab")


@dataclass(frozen=True, slots=True)
class Round:
    """One measurement of one page."""

    per_second: float
    processor_ms: float
    bytes: int


def measured(site: Site, path: str, seconds: float) -> Round:
    before = site.processor_seconds()
    done = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.serving.load"),
            *(str(site.port), path, str(CONNECTIONS), str(seconds)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    took = site.processor_seconds() - before
    result = json.loads(done.stdout)
    return Round(
        result["responses"] / result["seconds"],
        1000 * took / result["responses"],
        int(result["bytes"]),
    )


def words_of(markup: str) -> list[str]:
    """Return the words of the visible text; joiners and hyphens are left out."""
    markup = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", markup)
    return re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>", " ", markup)))


def check_same_text(article: dict[str, Any], ours: str, theirs: str) -> int:
    """Return the number of words of the article; both pages must have all of them.

    Raises AssertionError with what is missing.
    """
    texts = [article["title"], article["lead"]]
    texts += [v for kind, v in article["blocks"] if kind in {"paragraph", "heading"}]
    count = 0
    pages = {"this archive": words_of(ours), "stock Wagtail": words_of(theirs)}
    for text in texts:
        words = words_of(text)
        count += len(words)
        for name, page in pages.items():
            missing = set(words) - set(page)
            assert not missing, f"{name} lacks {sorted(missing)} of: {text}"
    return count


@contextmanager
def databases(postgresql: bool) -> Iterator[tuple[str, str]]:
    """Yield the URLs of two empty databases; empty strings stand for SQLite files."""
    if not postgresql:
        yield "", ""
        return
    from tests.servers.postgresql import PostgreSQLServer

    with PostgreSQLServer() as server:
        yield server.create_database("archive"), server.create_database("stock")


def longest(articles: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the Kazakh version of the longest article that has all languages."""
    whole = [one["versions"] for one in articles if len(one["versions"]) == 3]
    return max(whole, key=lambda one: len(json.dumps(one["kk"]["blocks"])))["kk"]


def run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    with databases(options.postgresql) as (first, second):
        exported = folder / "articles.json"
        print("Making the archive with its demo …", flush=True)
        ours = archive(folder, first)
        development = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.development"}
        ours.run("-m", "benchmarks.serving.articles", str(exported), **development)
        print("Making the stock site …", flush=True)
        theirs = stock(folder, second, exported)
        articles = json.loads(exported.read_text(encoding="utf-8"))
        article = longest(articles)
        stock_path = f"/kk/{article['section_slug']}/{article['slug']}/"
        with ours, theirs:
            words = check_same_text(
                article, ours.get(article["url"]), theirs.get(stock_path)
            )
            pages = {
                "stock Wagtail": (theirs, stock_path),
                "this archive": (ours, article["url"]),
                **{
                    code: (ours, article["url"].replace("/kk/", f"/{code}/", 1))
                    for code in EDITIONS
                },
            }
            return rounds_of(pages, options) | {
                "words": words,
                "database": "PostgreSQL" if options.postgresql else "SQLite",
            }


def rounds_of(
    pages: dict[str, tuple[Site, str]], options: argparse.Namespace
) -> dict[str, Any]:
    """Return the figures of each page; the pages take turns."""
    for site, path in pages.values():
        measured(site, path, WARM_UP_SECONDS)
    found: dict[str, list[Round]] = {name: [] for name in pages}
    loads = []
    for number in range(options.rounds):
        order = list(pages) if number % 2 == 0 else list(pages)[::-1]
        for name in order:
            found[name].append(measured(*pages[name], options.seconds))
        loads.append(os.getloadavg()[0])
        print(f"Round {number + 1} of {options.rounds}", flush=True)
    base = found["stock Wagtail"]
    return {
        "rounds": options.rounds,
        "load": round(median(loads), 1),
        "pages": {
            name: {
                "per_second": round(median(one.per_second for one in rounds), 1),
                "processor_ms": round(median(one.processor_ms for one in rounds), 2),
                "bytes": rounds[-1].bytes,
                "ratio": round(
                    median(
                        own.per_second / other.per_second
                        for own, other in zip(rounds, base, strict=True)
                    ),
                    2,
                ),
            }
            for name, rounds in found.items()
        },
    }


def table(result: dict[str, Any]) -> str:
    lines = [
        "| page | requests/s | × stock | CPU ms | bytes |",
        "|---|---|---|---|---|",
    ]
    for name, page in result["pages"].items():
        lines.append(
            f"| {name} | {page['per_second']} | {page['ratio']}"
            f" | {page['processor_ms']} | {page['bytes']:,} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure, print a table and store the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--no-store", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-serving-") as name:
        result = run(options, Path(name))
    print(
        f"{result['database']}, an article of {result['words']} words,"
        f" {CONNECTIONS} connections, median of {result['rounds']} rounds,"
        f" load {result['load']}:\n\n{table(result)}"
    )
    if not options.no_store:
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"serving-{result['database'].lower()}.json"
        path.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
