"""One measurement, in a separate process that prints a line of JSON.

``BENCH_DATABASE`` (and ``BENCH_ELASTICSEARCH``) are the URLs; see benchmarks.settings.
"""

import argparse
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.environment import prepare

LANGUAGES = ("kk", "ru", "en")
# Numbers of typed letters, from 1 to 6.
TYPED = range(1, 7)


def load(options: argparse.Namespace) -> dict[str, Any]:
    """Fill the database."""
    from benchmarks.search.articles import FULL, SHORT, Articles
    from benchmarks.search.loading import load as put

    articles = Articles(options.data)
    return put(articles.records(options.size, SHORT if options.short else FULL))


def ask(options: argparse.Namespace) -> dict[str, Any]:
    """Run every kind of query, with all facets and excerpts, in all languages."""
    from benchmarks.search.questions import questions
    from benchmarks.search.timing import milliseconds
    from search.facets import registry
    from search.results.search import Results, Search, find
    from search.web.filters import FACET_SIZE

    engines = set()

    def answer(text: str) -> Results:
        found = find(
            Search(
                text, LANGUAGES, "kk", facets=registry.names(), facet_size=FACET_SIZE
            )
        )
        engines.add(found.engine)
        return found

    drawn = questions()
    measured = {kind: milliseconds(answer, texts) for kind, texts in drawn.items()}
    if engines != {options.engine}:
        raise SystemExit(f"{engines} answered in place of {options.engine}.")
    return measured


def suggest(options: argparse.Namespace) -> dict[str, Any]:
    """Request suggestions for the first letters of words drawn for queries."""
    from benchmarks.search.questions import questions
    from benchmarks.search.timing import milliseconds
    from search.index.completions import suggestions

    drawn = questions()
    words = [
        text.split()[0] for kind in ("rare", "pairs", "common") for text in drawn[kind]
    ]
    return {
        str(letters): milliseconds(
            lambda typed: suggestions(typed, locales=LANGUAGES),
            sorted({word[:letters].lower() for word in words}),
        )
        for letters in TYPED
    }


def compare(options: argparse.Namespace) -> dict[str, Any]:
    """Compare this search with stock Wagtail's, for the same articles and queries."""
    from benchmarks.search.known_items import DEPTH, items, recall
    from benchmarks.search.questions import rare_words
    from benchmarks.search.stock.filling import asking, fill
    from benchmarks.search.timing import milliseconds
    from search.results.search import Search, find

    def ours(text: str) -> list[int]:
        return [one.entry.pk for one in find(Search(text, ("kk",), "kk")).results]

    filled = fill()
    stock, words = asking(DEPTH), rare_words()
    known = {"any": items(other=False), "other": items(other=True)}
    return {
        "filled": filled,
        "known": {way: len(some) for way, some in known.items()},
        "recall": {
            way: {"ours": recall(ours, some), "stock": recall(stock, some)}
            for way, some in known.items()
        },
        # Words with any result: an engine must not look fast because it finds nothing.
        "answered": {
            "ours": sum(bool(ours(word)) for word in words),
            "stock": sum(bool(stock(word)) for word in words),
        },
        "stock": milliseconds(stock, words),
        "ours": milliseconds(ours, words),
    }


def rebuild(options: argparse.Namespace) -> dict[str, Any]:
    """Rebuild the index of the engine."""
    from search.models import Entry
    from search.replica.cluster import configured, writing_client
    from search.replica.consistency import rebuild_database
    from search.replica.rebuilding import Rebuild

    cluster = configured()
    started = perf_counter()
    if cluster is None:
        rebuild_database()
    else:
        Rebuild(writing_client(cluster), cluster, str).run(afresh=True)
    seconds = perf_counter() - started
    return {"seconds": seconds, "rate": Entry.objects.count() / seconds}


TASKS = {task.__name__: task for task in (load, ask, suggest, compare, rebuild)}


def main() -> None:
    """Run the task named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("--engine", default="sqlite")
    parser.add_argument("--size", type=int, default=0)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    prepare()
    sys.stdout.write(json.dumps(TASKS[options.task](options)) + "\n")


if __name__ == "__main__":
    main()
