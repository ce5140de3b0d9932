"""Word-by-word comparison of two texts."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from newsroom.articles.alignment import opcodes

# A tag, a word with the spaces after it, or one other character with its spaces.
TOKEN = re.compile(r"<[^<>]*>|\w+\s*|[^\w<]\s*|<\s*")
TAG = re.compile(r"<[^<>]*>")
# The same for text without tags, in which "<" is an ordinary character.
PLAIN_TOKEN = re.compile(r"\s+|\w+\s*|[^\w]\s*")
# A sentence boundary. A run of full stops matches at its first one only.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[»”)]*+\s++|\n++")
# Alignment takes time proportional to the product of the numbers of words: this is two
# paragraphs of about 5,000 words. Longer texts are compared by sentence.
MAX_COMPARISONS = 25_000_000


class DiffPiece(NamedTuple):
    """A run of words: ``kind`` is "same", "removed" or "added"."""

    kind: str
    text: str


def word_diff(old: str, new: str) -> list[DiffPiece]:
    """Return the pieces that turn *old* into *new*; tags are ignored."""
    return _diff(_words(old), _words(new))


def plain_diff(old: str, new: str) -> list[DiffPiece]:
    """Return the pieces that turn *old* into *new*, two texts without tags."""
    return _diff(PLAIN_TOKEN.findall(old), PLAIN_TOKEN.findall(new))


def _diff(before: Sequence[str], after: Sequence[str]) -> list[DiffPiece]:
    if len(before) * len(after) > MAX_COMPARISONS:
        before, after = _sentences("".join(before)), _sentences("".join(after))
    # Strip spaces, so that the last word of a text equals one that a space follows.
    found = opcodes([w.strip() for w in before], [w.strip() for w in after])
    pieces = []
    for tag, start, end, new_start, new_end in found:
        if tag == "equal":
            pieces.append(DiffPiece("same", "".join(after[new_start:new_end])))
            continue
        if end > start:
            pieces.append(DiffPiece("removed", "".join(before[start:end])))
        if new_end > new_start:
            pieces.append(DiffPiece("added", "".join(after[new_start:new_end])))
    return pieces


def _sentences(text: str) -> list[str]:
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(ends) if start < end]


def _words(text: str) -> list[str]:
    return [token for token in TOKEN.findall(text) if not TAG.fullmatch(token)]
