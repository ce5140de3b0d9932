"""Facet counts over the rows found.

There may be a hundred thousand rows with fourteen values each: numpy counts them in a
few milliseconds; Python's own counters need fifty.
"""

from collections import Counter
from functools import cached_property
from operator import itemgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines import FacetCounts
from search.facets import registry

# The facts of an entry: primary key, publication time, group, packed facet values. They
# are plain tuples, as returned by the database driver.
Row = tuple[int, int, str, bytes]
ENTRY: Final = 0
PUBLISHED: Final = 1
GROUP: Final = 2
VALUES: Final = 3

# The format that :func:`search.packing.pack` writes.
_PACKED = np.dtype("<u4")


class CountedRows:
    """Rows to be counted; with *by_group*, a value counts once for each group."""

    def __init__(self, rows: list[Row], *, by_group: bool) -> None:
        self.rows = rows
        self.sizes = Counter(map(itemgetter(GROUP), rows)) if by_group else None

    @property
    def total(self) -> int:
        """The number of rows, or of groups."""
        return len(self.rows if self.sizes is None else self.sizes)

    def counts(self, facet: str, size: int) -> FacetCounts:
        """Return the counts of *facet*: see :class:`search.engines.FacetCounts`."""
        values, counts = self._counted
        chosen = (values & registry.CODE_MASK) == registry.get(facet).code
        values, counts = values[chosen], counts[chosen]
        order = np.lexsort((values, -counts))[:size]
        pairs = zip(values[order].tolist(), counts[order].tolist(), strict=True)
        return FacetCounts(tuple(pairs), len(values))

    @cached_property
    def _counted(self) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """All values, sorted, and how many rows or groups have each."""
        several: list[Row] = []
        single = self.rows
        if self.sizes is not None and len(self.sizes) < len(self.rows):
            sizes = self.sizes
            single = [row for row in self.rows if sizes[row[GROUP]] == 1]
            several = [row for row in self.rows if sizes[row[GROUP]] > 1]
        values = np.concatenate([_values(single), _values_of_groups(several)])
        return np.unique(values, return_counts=True)


def _values(rows: list[Row]) -> NDArray[np.uint32]:
    return np.frombuffer(b"".join(map(itemgetter(VALUES), rows)), _PACKED)


def _values_of_groups(rows: list[Row]) -> NDArray[np.uint32]:
    """Return the values of *rows*, each once for every group that has it."""
    numbers: dict[str, int] = {}
    groups = [numbers.setdefault(row[GROUP], len(numbers)) for row in rows]
    lengths = [len(row[VALUES]) // _PACKED.itemsize for row in rows]
    pairs = np.repeat(np.array(groups, np.uint64), lengths) << np.uint64(32)
    pairs |= _values(rows)
    return np.unique(pairs).astype(_PACKED)  # the lower 32 bits: the values
