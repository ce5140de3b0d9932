"""Batching of sequences."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Yield slices of *items* of length *size*; the last one may be shorter."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
