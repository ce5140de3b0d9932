"""Measure how well words of typed Kazakh are found; print each figure and its bar.

    python -m benchmarks.kazakh_typed
    python -m benchmarks.kazakh_typed --rows keyboard passport --errors 20

The words are read from the folder `--data`, by default `../shared/data/kazakh`. A row
is a function in a module of this package, registered with `@row` and imported below.
"""

import argparse
from pathlib import Path
from time import process_time

# Each registers its rows, in the order of the table.
from . import forms, keyboards, latin, names, old_scripts, slips  # noqa: F401
from .data import Data
from .rows import ROWS

DATA = Path(__file__).parents[3] / "shared/data/kazakh"


def main() -> None:
    """Measure the chosen rows and print them as a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=list(ROWS))
    parser.add_argument("--errors", type=int, default=0, help="shown of each figure")
    parser.add_argument("--types", type=int, help="measure the most frequent only")
    options = parser.parse_args()
    data = Data(options.data, options.types)
    print("| row | figure | bar | | seconds |\n|---|---|---|---|---|")
    for name in options.rows:
        print(f"| **{ROWS[name].title}** (`--rows '{name}'`) | | | | |")
        started = process_time()
        for figure in ROWS[name].measure(data):
            verdict = "holds" if figure.holds else "MISSED"
            spent = process_time() - started
            cells = (figure.label, str(figure), figure.bar, verdict, f"{spent:.0f}")
            print(f"| {' | '.join(cells)} |", flush=True)
            for error in figure.errors[: options.errors]:
                print(f"    {error}")
            started = process_time()


if __name__ == "__main__":
    main()
