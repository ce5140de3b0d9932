"""Many things, some at a time."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Cut *items* into parts of *size*, the last one perhaps shorter."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
