"""The changes in a text since it was translated."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from wagtail_localize.models import TranslationContext

from newsroom.articles.alignment import opcodes

# The primary keys of a TranslationContext and of a String in that context.
Segment = tuple[int, int]
# The path of a table cell ends in its row and column: a position, not an identity.
# Other paths contain the id of a block.
CELL = re.compile(r"\.r\d+c\d+$")


class SegmentChange(NamedTuple):
    """A segment that was added, removed or replaced.

    ``old`` and ``new`` are primary keys of a String; ``old`` is None if the segment was
    added, ``new`` is None if it was removed. ``old_context`` is the context of the old
    text if it differs from ``context``.
    """

    context: int
    old: int | None
    new: int | None
    old_context: int | None = None


def compare(
    old: Iterable[Segment],
    new: Iterable[Segment],
    tables: Mapping[int, Hashable] | None = None,
) -> list[SegmentChange]:
    """Return the changes from *old* to *new* in the order of the new text.

    Segments whose whole context was removed come last.

    A paragraph of rich text has several segments in one context: they are aligned. The
    cells of one table are aligned too: *tables* maps their contexts to the table. A
    text that has become repeated, or is no longer repeated, counts as changed. The same
    text is returned once for each context, as it is translated once.
    """
    before, after = _by_place(old, tables or {}), _by_place(new, tables or {})
    places = [*after, *(place for place in before if place not in after)]
    changes: dict[tuple[int, bool, int | None], SegmentChange] = {}
    for place in places:
        for change in _in_place(before.get(place, []), after.get(place, [])):
            is_removed = change.new is None
            string = change.old if is_removed else change.new
            name = change.context, is_removed, string
            known = changes.setdefault(name, change)
            if known.old is None and change.old is not None:
                changes[name] = change
    return list(changes.values())


def shown_changes(
    old: Sequence[Segment], new: Sequence[Segment]
) -> tuple[list[SegmentChange], int]:
    """Return the changes that a translator must look at, and the number of moved texts.

    A text is moved if it only has another position now: in a table with an additional
    row, or in a block that was split. Moved texts keep their translations
    (:mod:`newsroom.translation.memory.reuse`).

    Runs one query if anything has changed.
    """
    changes = compare(old, new)
    if not changes:
        return [], 0
    changes = compare(old, new, _tables([*old, *new]))
    gone = Counter(one.old for one in changes if one.old is not None)
    come = Counter(one.new for one in changes if one.new is not None)
    moved = gone & come
    left, entered = moved.copy(), moved.copy()
    shown = []
    for one in changes:
        was = None if _taken(left, one.old) else one.old
        becomes = None if _taken(entered, one.new) else one.new
        if was is not None or becomes is not None:
            # The old text was moved, so its context says nothing about the new text.
            elsewhere = one.old_context if was is not None else None
            shown.append(SegmentChange(one.context, was, becomes, elsewhere))
    return shown, moved.total()


def _taken(counts: "Counter[int]", string: int | None) -> bool:
    if string is None or not counts[string]:
        return False
    counts[string] -= 1
    return True


def _tables(segments: Iterable[Segment]) -> dict[int, str]:
    """Return the path of its table for each context that is a table cell."""
    cells = TranslationContext.objects.filter(
        pk__in={context for context, _string in segments}, path__regex=CELL.pattern
    )
    return {pk: CELL.sub("", path) for pk, path in cells.values_list("pk", "path")}


def _by_place(
    segments: Iterable[Segment], tables: Mapping[int, Hashable]
) -> dict[Hashable, list[Segment]]:
    places: dict[Hashable, list[Segment]] = {}
    for segment in segments:
        places.setdefault(tables.get(segment[0], segment[0]), []).append(segment)
    return places


def _in_place(
    old: Sequence[Segment], new: Sequence[Segment]
) -> Iterator[SegmentChange]:
    found = opcodes([string for _, string in old], [string for _, string in new])
    for tag, start, end, new_start, new_end in found:
        if tag == "equal":
            continue
        for was, becomes in zip_longest(old[start:end], new[new_start:new_end]):
            if becomes is None:
                yield SegmentChange(was[0], was[1], None)
            elif was is None or was[0] == becomes[0]:
                yield SegmentChange(becomes[0], was and was[1], becomes[1])
            else:
                yield SegmentChange(becomes[0], was[1], becomes[1], was[0])
