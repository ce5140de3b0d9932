"""Retrieval quality of the search, and the effect of each of its weights.

    python -m benchmarks.tuning                        # the weights as they are
    python -m benchmarks.tuning --vary --noise 2000    # and every variation of them
    python -m benchmarks.tuning --set SATURATION=0.9 --set FIELD_WEIGHTS.title=8

Passages are stored as entries and questions are asked with ``find``, as readers'
queries are; only the page is left out. The measures are nDCG, MRR and recall at 10.
Each variation is shown with the probability that it is no better than the first row, by
a paired bootstrap over the questions.
"""

import argparse
import ast
import json
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from benchmarks.environment import prepare

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared/data/kazakh"
DEPTH = 10
RESAMPLED = 2000  # the probability is accurate to about one percentage point

VARIATIONS: dict[str, tuple[object, ...]] = {
    "FIELD_WEIGHTS.title": (1, 2, 3, 4, 9, 14),
    "VARIANT_WEIGHTS.exact": (0.0, 0.1, 0.2, 0.4),
    "VARIANT_WEIGHTS.prefix": (0.0, 0.25, 0.5, 0.75, 1.5),
    "VARIANT_WEIGHTS.folded": (0.0, 0.1, 0.5, 1.0),
    "SATURATION": (0.6, 0.9, 1.6, 2.0),
    "LENGTH_NORMALISATION": (0.3, 0.45, 0.6, 0.9),
    "NEARNESS_WEIGHT": (0.0, 0.15, 0.6, 1.0),
    "CANDIDATES": (50, 100, 400),
    "ROUGH_HEAD": (0, 1, 4),
    "ROUGH_TITLE": (0, 1, 6),
    "FEW_HITS": (1, 2, 6, 10),
    "LOOSE_SHARES": ((0.0,), (0.5, 0.0), (0.75, 0.0), (0.75, 0.5, 0.25, 0.0)),
    "ENOUGH_HITS": (3, 5, 20, 50, 10_000),
    "COMMON_SHARE": (0.05, 0.1, 0.4, 1.0),
}
"""Values tried in place of each constant, one at a time."""


class Measures(NamedTuple):
    """nDCG at 10 by question, the means of MRR and recall, and the total seconds."""

    gains: list[float]
    mrr: float
    recall: float
    seconds: float

    @property
    def ndcg(self) -> float:
        return sum(self.gains) / len(self.gains)


def load(data: Path, noise: int) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Store the passages, and *noise* sentences of news, as entries.

    Returns the questions, and the passages that answer each.
    """
    from search.index import entries, term_statistics
    from search.index.documents import IndexDocument

    def records() -> Iterator[IndexDocument]:
        for number, (key, title, text) in enumerate(_texts(data, noise)):
            yield IndexDocument(
                key=key,
                group=key,
                locale="kk",
                url=f"/{number}/",
                title=title,
                lead="",
                body=text,
                names="",
                published_at=datetime(2020, 1, 1, tzinfo=UTC),
            )

    stream = records()
    while batch := list(islice(stream, entries.BATCH_SIZE)):
        entries.put_many(batch)
    term_statistics.apply_all_deltas()
    topics = (data / "topics.tsv").read_text(encoding="utf-8").splitlines()
    relevant = defaultdict(set)
    for line in (data / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        topic, _round, key, _grade = line.split()
        relevant[topic].add(key)
    questions = dict(line.split("\t") for line in topics)
    return {topic: questions[topic] for topic in sorted(relevant)}, relevant


def _texts(data: Path, noise: int) -> Iterator[tuple[str, str, str]]:
    with (data / "passages.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], row["title"], row["text"]
    with (data / "news-sentences.txt").open(encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, noise)):
            yield f"noise-{number}", "", line.strip()


def measure(questions: Mapping[str, str], relevant: Mapping[str, set[str]]) -> Measures:
    """Ask all *questions* with the present weights."""
    from search.results.search import Search, find

    gains, mrr, recall = [], 0.0, 0.0
    started = perf_counter()
    for topic, question in questions.items():
        found = find(Search(question, ("kk",), language="kk", limit=DEPTH))
        hits = [result.entry.key in relevant[topic] for result in found.results]
        ideal = sum(1 / math.log2(i + 2) for i in range(len(relevant[topic])))
        gains.append(sum(hit / math.log2(i + 2) for i, hit in enumerate(hits)) / ideal)
        mrr += next((1 / (i + 1) for i, hit in enumerate(hits) if hit), 0)
        recall += sum(hits) / len(relevant[topic])
    count = len(questions)
    return Measures(gains, mrr / count, recall / count, perf_counter() - started)


class Changed:
    """A context manager that changes weights temporarily.

    A name is that of a constant, or ``CONSTANT.key`` for one of several numbers.
    """

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values
        self.before: dict[str, Any] = {}

    def __enter__(self) -> None:
        from search import weights

        for name, value in self.values.items():
            constant, _dot, key = name.partition(".")
            now = getattr(weights, constant)
            self.before.setdefault(constant, now)
            if key and key not in now:
                raise SystemExit(f"{constant} has no {key}")
            setattr(weights, constant, now | {key: value} if key else value)

    def __exit__(self, *error: object) -> None:
        from search import weights

        for constant, value in self.before.items():
            setattr(weights, constant, value)


def probability_of_no_gain(new: list[float], old: list[float]) -> float:
    """Return the probability that the change gains nothing for similar questions."""
    chance = random.Random(7)
    differences = [a - b for a, b in zip(new, old, strict=True)]
    worse = sum(
        sum(chance.choices(differences, k=len(differences))) <= 0
        for _ in range(RESAMPLED)
    )
    return worse / RESAMPLED


def show(name: str, found: Measures, first: Measures | None = None) -> None:
    """Print a row."""
    row = f"{name:36}{found.ndcg:8.4f}{found.mrr:8.4f}{found.recall:8.4f}"
    row += f"{found.seconds / len(found.gains) * 1000:8.1f}"
    if first:
        change = found.ndcg - first.ndcg
        chance = probability_of_no_gain(found.gains, first.gains)
        row += f"{change:+9.4f}{chance:8.3f}"
    print(row, flush=True)


def assignment(text: str) -> tuple[str, object]:
    """Return ``NAME=value`` as a pair; the value is a Python literal."""
    name, _equals, value = text.partition("=")
    return name, ast.literal_eval(value)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--noise", type=int, default=0, help="sentences of news added")
    parser.add_argument("--set", type=assignment, action="append", default=[])
    parser.add_argument("--vary", nargs="*", help="constants (without any: all)")
    options = parser.parse_args()
    prepare()
    questions, relevant = load(options.data, options.noise)
    chosen = dict(options.set)
    names = [*VARIATIONS] if options.vary == [] else options.vary or []
    print(
        f"{len(questions)} questions, noise {options.noise}; {chosen or 'as they are'}"
    )
    print(f"{'':36} nDCG@10  MRR@10    R@10      ms   change p(none)")
    with Changed(chosen):
        first = measure(questions, relevant)
        show("the weights", first)
        for name in names:
            for value in VARIATIONS[name]:
                with Changed({name: value}):
                    show(f"{name} = {value}", measure(questions, relevant), first)


if __name__ == "__main__":
    main()
