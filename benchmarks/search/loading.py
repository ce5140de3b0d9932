"""Filling a database with articles, by the code that publishes them.

The first batches are stored as published articles are, and timed. After that, each line
is analysed once and cached, because generated articles repeat sentences. The first
batches are used to check that the cache does not change the result.
"""

from collections.abc import Iterable
from itertools import islice
from time import perf_counter, process_time

from search.index import entries, term_statistics
from search.index.documents import IndexDocument
from search.index.fields import FIELDS
from search.languages import AnalysedTerm, analyse

TIMED = 1_000
# Deltas applied at a time. The sums are the same as with fewer, but a word that occurs
# in all of them is written once.
APPLIED_OF_MANY = 10_000


class RememberingLines:
    """Analysis with a cache of lines."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], list[AnalysedTerm]] = {}

    def __call__(self, text: str, locale: str) -> list[AnalysedTerm]:
        """Return the terms of *text*; their positions count from their own line."""
        return [term for line in text.split("\n") for term in self._line(line, locale)]

    def _line(self, line: str, locale: str) -> list[AnalysedTerm]:
        if (line, locale) not in self.known:
            self.known[line, locale] = analyse(line, locale)
        return self.known[line, locale]


def check(remembering: RememberingLines, records: Iterable[IndexDocument]) -> None:
    """Raise ValueError if cached analysis gives other entries for *records*."""
    for record in records:
        for field in FIELDS:
            text = getattr(record, field)
            expected = entries.terms_by_variant(analyse(text, record.locale))
            if entries.terms_by_variant(remembering(text, record.locale)) != expected:
                raise ValueError(f"By lines, {field} of {record.key} is another text.")


def load(records: Iterable[IndexDocument]) -> dict[str, float]:
    """Store all *records*; return rates per second, by elapsed and CPU time."""
    stream = iter(records)
    first = list(islice(stream, TIMED))
    clock, processor = perf_counter(), process_time()
    _put(first)
    rates = {
        "put_many": len(first) / (perf_counter() - clock),
        "put_many_cpu": len(first) / (process_time() - processor),
    }
    clock = perf_counter()
    count = len(first) + _put_the_rest(stream, first)
    rates["entries"] = count
    rates["remembered"] = (count - len(first)) / (perf_counter() - clock)
    clock = perf_counter()
    term_statistics.APPLIED_OF_MANY = APPLIED_OF_MANY
    term_statistics.apply_all_deltas()
    rates["absorbed"] = count / (perf_counter() - clock)
    return rates


def _put_the_rest(stream: Iterable[IndexDocument], first: list[IndexDocument]) -> int:
    remembering = RememberingLines()
    check(remembering, first)
    before = entries.analyse
    entries.analyse = remembering
    try:
        return _put(stream)
    finally:
        entries.analyse = before


def _put(records: Iterable[IndexDocument]) -> int:
    stream, count = iter(records), 0
    while batch := list(islice(stream, entries.BATCH_SIZE)):
        entries.put_many(batch)
        count += len(batch)
    return count
