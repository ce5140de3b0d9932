"""The differences between two versions of an article, by part and by word."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from newsroom.articles.alignment import opcodes
from newsroom.articles.word_diff import PLAIN_TOKEN, DiffPiece, plain_diff
from newsroom.corrections.parts import Part

# Minimum similarity of two parts that are shown as one changed part. Below it, one is
# shown as removed and the other as added.
MIN_LIKENESS = 1 / 3
# Maximum number of pairs of parts that are compared for the best alignment. Longer
# rewritten passages are paired by position.
MAX_PAIRS = 40_000

Pair = tuple[Part | None, Part | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """A changed part, or a run of unchanged parts whose number is ``unchanged``.

    ``kind`` is "changed", "added", "removed" or "unchanged".
    """

    kind: str
    label: str = ""
    pieces: tuple[DiffPiece, ...] = ()
    unchanged: int = 0


def differences(old: Sequence[Part], new: Sequence[Part]) -> list[Difference]:
    """Return the differences from *old* to *new*, in the order of *new*.

    Runs of unchanged parts are counted. The list is empty if there are no differences.
    """
    pairs = list(_align(old, new))
    if all(before == after for before, after in pairs):
        return []
    found: list[Difference] = []
    for is_same, run in groupby(pairs, key=lambda pair: pair[0] == pair[1]):
        if is_same:
            found.append(Difference("unchanged", unchanged=len(list(run))))
        else:
            found.extend(_difference(before, after) for before, after in run)
    return found


def _difference(old: Part | None, new: Part | None) -> Difference:
    if old and new:
        if _likeness(_words(old.text), _words(new.text)) >= MIN_LIKENESS:
            return Difference(
                "changed", new.label, tuple(plain_diff(old.text, new.text))
            )
        pieces = (DiffPiece("removed", old.text), DiffPiece("added", new.text))
        return Difference("changed", new.label, pieces)
    if new:
        return Difference("added", new.label, (DiffPiece("added", new.text),))
    part = old or Part("", "", "")
    return Difference("removed", part.label, (DiffPiece("removed", part.text),))


def _align(old: Sequence[Part], new: Sequence[Part]) -> Iterator[Pair]:
    found = opcodes([p[::2] for p in old], [p[::2] for p in new])
    for tag, start, end, new_start, new_end in found:
        before, after = old[start:end], new[new_start:new_end]
        if tag == "equal":
            yield from ((part, part) for part in after)
        elif len(before) * len(after) > MAX_PAIRS:
            yield from _split(zip_longest(before, after))
        else:
            yield from _pair(before, after)


def _split(pairs: Iterator[Pair]) -> Iterator[Pair]:
    """Yield the pairs, with parts of different kinds separated."""
    for before, after in pairs:
        if before and after and before.kind != after.kind:
            yield before, None
            yield None, after
        else:
            yield before, after


def _pair(old: Sequence[Part], new: Sequence[Part]) -> Iterator[Pair]:
    """Yield the most similar pairs in the order of both lists.

    The pairs are the heaviest common subsequence, found by dynamic programming.
    """
    likeness = _Likeness(old, new)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(
                best[i + 1][j],
                best[i][j + 1],
                best[i + 1][j + 1] + likeness.of(i, j),
            )
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        elif j < len(new) and best[i][j] == best[i][j + 1]:
            yield None, new[j]
            j += 1
        else:
            yield old[i], new[j]
            i, j = i + 1, j + 1


class _Likeness:
    """The similarity of parts: 0 for different kinds.

    A kind that occurs only once, such as the headline, always matches.
    """

    def __init__(self, old: Sequence[Part], new: Sequence[Part]) -> None:
        self.old, self.new = old, new
        self.old_words = [_words(part.text) for part in old]
        self.new_words = [_words(part.text) for part in new]
        self.count = Counter(p.kind for p in old) | Counter(p.kind for p in new)

    def of(self, i: int, j: int) -> float:
        kind = self.old[i].kind
        if kind != self.new[j].kind:
            return 0.0
        if self.count[kind] == 1:
            return 1.0
        likeness = _likeness(self.old_words[i], self.new_words[j])
        return likeness if likeness >= MIN_LIKENESS else 0.0


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 0.0


def _words(text: str) -> Counter[str]:
    tokens = (token.strip().casefold() for token in PLAIN_TOKEN.findall(text))
    return Counter(token for token in tokens if token.isalnum())
