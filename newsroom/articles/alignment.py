"""Alignment of two sequences by their longest common subsequence, in bounded time."""

from collections.abc import Hashable, Iterator, Sequence

from rapidfuzz.distance import LCSseq

# Largest product of the two lengths that is aligned. The matrix then takes 12 MB and
# 0.1 s, as the processor compares 64 pairs at a time. Above it, everything between the
# first and the last difference counts as replaced.
MAX_COMPARISONS = 100_000_000

Opcode = tuple[str, int, int, int, int]


def opcodes(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Opcode]:
    """Yield the steps from *old* to *new*, like difflib's `get_opcodes`.

    The longest common subsequence is kept. difflib takes cubic time if items repeat,
    such as full stops; this function takes quadratic time, divided by 64.
    """
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    old_end, new_end = len(old) - end, len(new) - end
    i = j = 0
    for old_at, new_at, length in _blocks(old, new, start, old_end, new_end):
        if i < old_at or j < new_at:
            tag = "insert" if i == old_at else "delete" if j == new_at else "replace"
            yield tag, i, old_at, j, new_at
        i, j = old_at + length, new_at + length
        if length:
            yield "equal", old_at, i, new_at, j


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """Return the length of the common beginning of both sequences."""
    pairs = zip(old, new, strict=False)
    shorter = min(len(old), len(new))
    return next((n for n, (one, other) in enumerate(pairs) if one != other), shorter)


def _blocks(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    start: int,
    old_end: int,
    new_end: int,
) -> Iterator[tuple[int, int, int]]:
    """Yield (start in *old*, start in *new*, length) of each run of equal items.

    No two runs are adjacent in both sequences. The last run is the common end, which
    may be empty.
    """
    runs = [(0, 0, start)]
    before, after = old[start:old_end], new[start:new_end]
    if before and after and len(before) * len(after) <= MAX_COMPARISONS:
        runs += [
            (start + one.src_start, start + one.dest_start, one.src_end - one.src_start)
            for one in LCSseq.opcodes(before, after)
            if one.tag == "equal"
        ]
    runs.append((old_end, new_end, len(old) - old_end))
    i, j, length = 0, 0, 0
    for run in runs:
        if run[:2] == (i + length, j + length):
            length += run[2]
            continue
        yield i, j, length
        i, j, length = run
    yield i, j, length
    if length == 0 and (i, j) != (len(old), len(new)):
        yield len(old), len(new), 0
