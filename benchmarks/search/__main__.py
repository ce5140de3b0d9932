"""Benchmark of the search and of comparable engines, from 10,000 entries.

    python -m benchmarks.search
    python -m benchmarks.search --sizes 10000 100000 --engines sqlite elasticsearch
    python -m benchmarks.search --draw

Results are written to benchmarks/results/, one file for each engine and size. The
tables and the plot of docs/performance.md are generated from all of them (``--draw``
does only that). Databases are kept in ``BENCH_DIR`` and reused.
"""

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

from benchmarks.search import report, runs

DATA = Path(__file__).parents[3] / "shared/data/kazakh"
FOLDER = Path(os.environ.get("BENCH_DIR", Path(tempfile.gettempdir(), "archive-bench")))


def main() -> None:
    """Measure, print and draw."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    parser.add_argument(
        "--engines", nargs="+", choices=runs.ENGINES, default=["sqlite"]
    )
    parser.add_argument("--peers", nargs="*", choices=["wagtail"], default=["wagtail"])
    parser.add_argument("--data", type=Path, default=DATA, help="the shared corpora")
    parser.add_argument("--tasks", nargs="+", default=None, help=", ".join(runs.TASKS))
    parser.add_argument("--draw", action="store_true", help="measure nothing")
    options = parser.parse_args()
    # On SIGTERM, exit normally, so that the servers are stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if not options.draw:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for size in options.sizes:
            for engine in options.engines:
                tasks = options.tasks or runs.tasks_for(engine, size, options.peers)
                runs.run(engine, size, tasks, folder=FOLDER, data=options.data)
    report.draw()


if __name__ == "__main__":
    main()
