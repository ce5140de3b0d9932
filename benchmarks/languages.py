"""Benchmark of the Kazakh stemmer: speed, start-up time and memory, as a table.

    python benchmarks/languages.py [--news FILE]

Measured are running words per second over news sentences, with an empty and with a warm
cache; the time from the start of the interpreter to the first stem, as elapsed and as
CPU time; and the memory of a process after the whole text. For comparison, the same run
measures snowballstemmer's Russian stemmer in pure Python on the same words. That
stemmer has no cache, so an ``lru_cache`` is put around it.
"""

import argparse
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
NEWS = ROOT.parent / "shared/data/kazakh/news-sentences.txt"
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
REPEATS = 5

KAZAKH = (
    "from search.languages.kazakh import stems; stems('қалалардың')",
    "from search.languages.kazakh import stems as stem",
)
RUSSIAN = (
    "from snowballstemmer.russian_stemmer import RussianStemmer as R;"
    "R().stemWord('городами')",
    "from snowballstemmer.russian_stemmer import RussianStemmer as R;"
    "stem = R().stemWord",
)
HOLDS = """
import re, sys
{setup}
for line in open({news!r}, encoding="utf-8"):
    for word in re.findall({word!r}, line):
        stem(word)
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print(line.split()[1])
"""
"""Linux only: elsewhere a child's own peak cannot be told from its parent's."""


def speed(stem: Callable[[str], object], words: list[str]) -> float:
    """Return the words stemmed per second, in one pass."""
    start = time.perf_counter()
    for word in words:
        stem(word)
    return len(words) / (time.perf_counter() - start)


def start_of(code: str) -> tuple[float, float]:
    """Return the median seconds of a new interpreter for `code`: (elapsed, CPU).

    CPU time does not depend on other work on the machine.
    """
    clock, processor = [], []
    for _ in range(REPEATS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
        clock.append(time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(
            after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        )
    return statistics.median(clock), statistics.median(processor)


def megabytes(setup: str, news: Path) -> float:
    """Return the peak memory, in MB, of a process that stems the whole of `news`."""
    code = HOLDS.format(setup=setup, news=str(news), word=WORD.pattern)
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return int(run.stdout or 0) / 1024


class Row(NamedTuple):
    """The results of one stemmer."""

    name: str
    cold: float
    warm: float
    start: tuple[float, float]
    held: float


def measure(
    name: str,
    stem: Callable[[str], object],
    words: list[str],
    news: Path,
    setups: tuple[str, str],
) -> Row:
    """Return the results of `stem`.

    `setups` are code for its first stem, and code that defines `stem`.
    """
    first_stem, setup = setups
    cold = speed(stem, words)
    warm = statistics.median(speed(stem, words) for _ in range(REPEATS))
    return Row(name, cold, warm, start_of(first_stem), megabytes(setup, news))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, default=NEWS)
    news = parser.parse_args().news
    if not news.exists():
        sys.exit(f"{news} is missing: name a text with --news")
    sys.path.insert(0, str(ROOT))
    from snowballstemmer.russian_stemmer import RussianStemmer

    from search.languages.kazakh import stems

    words = WORD.findall(news.read_text(encoding="utf-8"))
    russian = lru_cache(maxsize=None)(RussianStemmer().stemWord)
    rows = [
        measure("Kazakh, stems", stems, words, news, KAZAKH),
        measure("Snowball's Russian", russian, words, news, RUSSIAN),
        Row("Python alone", 0, 0, start_of("pass"), megabytes("stem = str", news)),
    ]
    version = sys.version.split()[0]
    print(f"{len(words)} running words, {len(set(words))} types, Python {version}")
    print("                     cold words/s  warm words/s   start ms     CPU ms    MB")
    for name, cold, warm, (clock, processor), held in rows:
        print(
            f"{name:20}{cold:13,.0f}{warm:14,.0f}"
            f"{clock * 1000:11.0f}{processor * 1000:11.0f}{held:6.0f}"
        )


if __name__ == "__main__":
    main()
