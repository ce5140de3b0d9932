"""How the words of one text became those of another."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from newsroom.articles.alignment import opcodes

# A tag, a word with the space after it, or a single sign: what a reader sees as one.
TOKEN = re.compile(r"<[^<>]*>|\w+\s*|[^\w<]\s*|<\s*")
TAG = re.compile(r"<[^<>]*>")
# The same of a text without tags, in which "<" is a sign like any other.
PLAIN_TOKEN = re.compile(r"\s+|\w+\s*|[^\w]\s*")
# Between two sentences. A run of full stops is entered at its first one only.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[»”)]*+\s++|\n++")
# Aligning words takes the product of their numbers: two paragraphs of some five
# thousand words. Longer ones are compared by the sentence.
MAX_COMPARISONS = 25_000_000


class Piece(NamedTuple):
    """A run of words: ``kind`` is "same", "removed" or "added"."""

    kind: str
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """Return how the words of *old* became those of *new*; tags are left out."""
    return _diff(_words(old), _words(new))


def plain_diff(old: str, new: str) -> list[Piece]:
    """Return how the words of *old* became those of *new*, two texts without tags."""
    return _diff(PLAIN_TOKEN.findall(old), PLAIN_TOKEN.findall(new))


def _diff(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    if len(before) * len(after) > MAX_COMPARISONS:
        before, after = _sentences("".join(before)), _sentences("".join(after))
    # The last word of a text is the same word as one that a space follows.
    found = opcodes([w.strip() for w in before], [w.strip() for w in after])
    pieces = []
    for tag, start, end, new_start, new_end in found:
        if tag == "equal":
            pieces.append(Piece("same", "".join(after[new_start:new_end])))
            continue
        if end > start:
            pieces.append(Piece("removed", "".join(before[start:end])))
        if new_end > new_start:
            pieces.append(Piece("added", "".join(after[new_start:new_end])))
    return pieces


def _sentences(text: str) -> list[str]:
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(ends) if start < end]


def _words(text: str) -> list[str]:
    return [token for token in TOKEN.findall(text) if not TAG.fullmatch(token)]
