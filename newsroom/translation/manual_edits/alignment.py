"""Alignment of two lists of texts, with additions and removals."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from newsroom.articles.word_diff import TAG

# Indexes of an old text and of the new text that it became; None for an added or
# removed text.
Pair = tuple[int | None, int | None]

# Base score of any pair: two unlike texts are paired rather than left unpaired.
STRANGERS = 0.01
# Score of an unchanged text: higher than that of two pairs of nearly equal texts.
UNCHANGED = 3.0


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return the pairs of *old* and *new* in order, with the greatest sum of scores.

    Needleman and Wunsch (1970), without gap penalty.
    """
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
