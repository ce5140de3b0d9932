"""All measurements of one engine at one size."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.search.processes import FailedError, measured, thinned
from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.postgresql import PostgreSQLServer
from tests.servers.processes import ServerMissingError

RESULTS = Path(__file__).parents[1] / "results"
ENGINES = ("sqlite", "postgresql", "elasticsearch")
KINDS = ("rare", "pairs", "common", "phrases")
AGAIN = "rebuild again"
TASKS = ("load", "rebuild", AGAIN, "ask", "suggest", "compare")
# From this size, articles have about sixty words: more would not change the comparison
# of engines, but take a night to load.
SHORT_FROM = 1_000_000
# Stock Wagtail is measured at this size only, which is that of a small archive.
PEERS_AT = 10_000
# The options of a node in compose.yaml.
JAVA_OPTIONS = "-XX:+UseTransparentHugePages"
HEAPS = {10_000: "512m", 100_000: "1g", 1_000_000: "2g"}


def tasks_for(engine: str, size: int, peers: Sequence[str]) -> list[str]:
    """Return the tasks to run; loading is skipped later if a database exists."""
    if engine == "elasticsearch":
        # First on a node that has just started, then on a warm one.
        return ["load", "rebuild", AGAIN, "ask"]
    tasks = ["load", "rebuild", "ask", "suggest"]
    return [*tasks, "compare"] if peers and size == PEERS_AT else tasks


def run(
    engine: str, size: int, tasks: Sequence[str], *, folder: Path, data: Path
) -> None:
    """Measure, print and store; report a missing server instead of failing."""
    try:
        with environment(engine, size, folder) as variables:
            for task in tasks:
                _run(engine, size, task, variables, folder=folder, data=data)
    except (ServerMissingError, FailedError) as error:
        print(f"{engine} at {size}: {error}", flush=True)


@contextmanager
def environment(engine: str, size: int, folder: Path) -> Iterator[dict[str, str]]:
    """Yield the environment variables of the database and the server, while it runs."""
    sqlite = {"BENCH_DATABASE": f"sqlite:///{_file(folder, size)}"}
    if engine == "sqlite":
        yield sqlite
    elif engine == "elasticsearch":
        heap = HEAPS.get(size, "1g")
        with ElasticsearchNode(heap=heap, java_options=JAVA_OPTIONS) as node:
            yield sqlite | {"BENCH_ELASTICSEARCH": node.url}
    else:
        with PostgreSQLServer() as server:
            yield {"BENCH_DATABASE": server.create_database("benchmark")}


def _file(folder: Path, size: int) -> Path:
    return folder.resolve() / f"{size}.sqlite3"


def _run(
    engine: str,
    size: int,
    task: str,
    variables: dict[str, str],
    *,
    folder: Path,
    data: Path,
) -> None:
    loaded = folder / f"{size}.loaded"
    if task == "load" and engine != "postgresql":
        if loaded.exists():
            return
        for stale in folder.glob(f"{size}.sqlite3*"):
            stale.unlink()
    options = ["--engine", engine, "--size", str(size), "--data", str(data.resolve())]
    if size >= SHORT_FROM:
        options.append("--short")
    if task == AGAIN:
        # The JVM compiles the code gradually: take the median of three runs.
        runs = [measured("rebuild", variables, *options) for _time in range(3)]
        found, memory = sorted(runs, key=lambda run: float(run[0]["rate"]))[1]
    else:
        found, memory = measured(task, variables, *options)
    if task == "load" and engine != "postgresql":
        loaded.touch()
    if task in ("rebuild", AGAIN):
        found |= {"peak": max(memory, default=0), "memory": thinned(memory)}
    print(f"{engine} {size} {task}: {json.dumps(found)}", flush=True)
    keep(
        "sqlite" if task == "load" and engine == "elasticsearch" else engine,
        size,
        task,
        found,
    )


def keep(engine: str, size: int, task: str, found: dict[str, Any]) -> None:
    """Store a result in the file of this engine and size."""
    file = RESULTS / f"{engine}-{size}.json"
    known = json.loads(file.read_text()) if file.exists() else {}
    known |= {"engine": engine, "size": size, "day": f"{date.today()}", task: found}
    RESULTS.mkdir(exist_ok=True)
    file.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")


def kept() -> list[dict[str, Any]]:
    """Return all results, by engine and size."""
    files = [file for engine in ENGINES for file in RESULTS.glob(f"{engine}-*.json")]
    found = [json.loads(file.read_text()) for file in files]
    found.sort(key=lambda one: (ENGINES.index(one["engine"]), one["size"]))
    return found
