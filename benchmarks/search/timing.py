"""Time, queries and load of a call."""

import os
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter, process_time
from typing import Any

from django.db import connection

REPEATS = 3


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that is not exceeded by *share* of all."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


class _Counter:
    """An execute wrapper that counts statements."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.count += 1
        return execute(*arguments)


def milliseconds(ask: Callable[[str], object], texts: Sequence[str]) -> dict[str, Any]:
    """Measure *ask* for *texts*, after a warm-up, each :data:`REPEATS` times.

    ``best_p95`` is computed from the fastest time of each text, and ``cpu_p95`` from
    CPU times: both depend less, or not at all, on other work on the machine.
    ``queries`` is the maximum per text.
    """
    queries = 0
    for text in texts:
        counter = _Counter()
        with connection.execute_wrapper(counter):
            ask(text)
        queries = max(queries, counter.count)
    times: list[list[float]] = []
    computed = []
    before = os.getloadavg()[0]
    for text in texts:
        times.append([])
        for _ in range(REPEATS):
            started, processor = perf_counter(), process_time()
            ask(text)
            computed.append((process_time() - processor) * 1000)
            times[-1].append((perf_counter() - started) * 1000)
    every = [one for some in times for one in some]
    return {
        "texts": len(texts),
        "median": median(every),
        "p95": percentile(every, 0.95),
        "best_p95": percentile([min(some) for some in times], 0.95),
        "max": max(every),
        "cpu_median": median(computed),
        "cpu_p95": percentile(computed, 0.95),
        "queries": queries,
        "load": max(before, os.getloadavg()[0]),
    }
