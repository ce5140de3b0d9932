"""What has changed in a text since it was translated."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from wagtail_localize.models import TranslationContext

from newsroom.articles.alignment import opcodes

# The primary keys of a TranslationContext and of a String that stands there.
Segment = tuple[int, int]
# A cell of a table is named by its row and column, which say where it stands and not
# which cell it is. Other places are named by the identity of their block.
CELL = re.compile(r"\.r\d+c\d+$")


class Change(NamedTuple):
    """A segment that is no longer what it was: added without ``old``, removed
    without ``new``; both are primary keys of a String. ``old_context`` is where the
    old text stood, if that is another place."""

    context: int
    old: int | None
    new: int | None
    old_context: int | None = None


def compare(
    old: Iterable[Segment],
    new: Iterable[Segment],
    tables: Mapping[int, Hashable] | None = None,
) -> list[Change]:
    """Return the changes from *old* to *new*, in the order of the new text; what was
    removed with its whole block comes last.

    A paragraph of rich text has several segments in one context: they are aligned. So
    are the cells of one table, where *tables* maps their contexts to it. A text that
    was repeated or is no longer repeated has changed too, but the same text is named
    once in each context, as it is translated once.
    """
    before, after = _by_place(old, tables or {}), _by_place(new, tables or {})
    places = [*after, *(place for place in before if place not in after)]
    changes: dict[tuple[int, bool, int | None], Change] = {}
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
) -> tuple[list[Change], int]:
    """Return what a translator has to look at between *old* and *new*, and how many
    texts only stand elsewhere now: in a table with a row more, in a block that was
    split. Those keep their translations (:mod:`newsroom.translation.reuse`).

    Takes a query where anything has changed.
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
            # What was here has moved: where it was says nothing of the new text.
            elsewhere = one.old_context if was is not None else None
            shown.append(Change(one.context, was, becomes, elsewhere))
    return shown, moved.total()


def _taken(counts: "Counter[int]", string: int | None) -> bool:
    if string is None or not counts[string]:
        return False
    counts[string] -= 1
    return True


def _tables(segments: Iterable[Segment]) -> dict[int, str]:
    """Return the table of each context that is a cell of one, as a path."""
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


def _in_place(old: Sequence[Segment], new: Sequence[Segment]) -> Iterator[Change]:
    found = opcodes([string for _, string in old], [string for _, string in new])
    for tag, start, end, new_start, new_end in found:
        if tag == "equal":
            continue
        for was, becomes in zip_longest(old[start:end], new[new_start:new_end]):
            if becomes is None:
                yield Change(was[0], was[1], None)
            elif was is None or was[0] == becomes[0]:
                yield Change(becomes[0], was and was[1], becomes[1])
            else:
                yield Change(becomes[0], was[1], becomes[1], was[0])
