"""Which text became which, where some were added and others taken away."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from newsroom.articles.wording import TAG

# The numbers of an old text and of the new one that it became; None where it was
# added, or taken away.
Pair = tuple[int | None, int | None]

# What two texts count that have nothing in common: paired all the same, if both would
# stay alone.
STRANGERS = 0.01
# What a text counts that stayed as it was: more than two that are nearly the same.
UNCHANGED = 3.0


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return the pairs of *old* and *new* in order: those that are most alike, by the
    greatest sum of likenesses (Needleman and Wunsch, 1970, gaps costing nothing)."""
    alike = [[_likeness(a, b) for b in new] for a in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = best[i + 1][j + 1] + alike[i][j]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return list(_walk(alike, best))


def _likeness(a: str, b: str) -> float:
    if a == b:
        return UNCHANGED
    return STRANGERS + Levenshtein.normalized_similarity(TAG.sub("", a), TAG.sub("", b))


def _walk(alike: list[list[float]], best: list[list[float]]) -> Iterator[Pair]:
    rows, columns = len(best) - 1, len(best[0]) - 1
    i = j = 0
    while i < rows and j < columns:
        if best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield i, None
            i += 1
        else:
            yield None, j
            j += 1
    yield from ((rest, None) for rest in range(i, rows))
    yield from ((None, rest) for rest in range(j, columns))
