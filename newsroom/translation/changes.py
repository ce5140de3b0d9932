"""What has changed in a text since it was translated."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from newsroom.articles.alignment import opcodes

# The primary keys of a TranslationContext and of a String that stands there.
Segment = tuple[int, int]


class Change(NamedTuple):
    """A segment that is no longer what it was: added without ``old``, removed
    without ``new``; both are primary keys of a String."""

    context: int
    old: int | None
    new: int | None


def compare(old: Iterable[Segment], new: Iterable[Segment]) -> list[Change]:
    """Return the changes from *old* to *new*, in the order of the new text; what was
    removed with its whole block comes last.

    A paragraph of rich text has several segments in one context: they are aligned. A
    text that was repeated or is no longer repeated has changed too, but the same text
    is named once in each context, as it is translated once.
    """
    before, after = _by_context(old), _by_context(new)
    contexts = [*after, *(context for context in before if context not in after)]
    changes: dict[tuple[int, bool, int | None], Change] = {}
    for context in contexts:
        old_strings, new_strings = before.get(context, []), after.get(context, [])
        for change in _in_context(context, old_strings, new_strings):
            is_removed = change.new is None
            name = context, is_removed, change.old if is_removed else change.new
            known = changes.setdefault(name, change)
            if known.old is None and change.old is not None:
                changes[name] = change
    return list(changes.values())


def _by_context(segments: Iterable[Segment]) -> dict[int, list[int]]:
    strings: dict[int, list[int]] = {}
    for context, string in segments:
        strings.setdefault(context, []).append(string)
    return strings


def _in_context(
    context: int, old: Sequence[int], new: Sequence[int]
) -> Iterator[Change]:
    for tag, start, end, new_start, new_end in opcodes(old, new):
        if tag != "equal":
            for pair in zip_longest(old[start:end], new[new_start:new_end]):
                yield Change(context, *pair)
