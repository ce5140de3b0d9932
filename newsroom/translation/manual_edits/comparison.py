"""Detection of manual edits.

Three versions of a page are compared: as it is, as its translation last generated it,
and as its translation would generate it now.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsroom.translation.manual_edits.alignment import align
from newsroom.translation.manual_edits.contents import (
    BODY,
    Contents,
    Text,
    block_of,
    normal,
)
from newsroom.translation.models import ManualEdit
from newsroom.translation.segments import SegmentText

Kind = ManualEdit.Kind


@dataclass(frozen=True, slots=True)
class FoundEdit:
    """A manual edit.

    ``segment`` is the segment that it translates, ``place`` the index of that segment
    in its context.
    """

    kind: ManualEdit.Kind
    path: str
    field_path: str
    before: str = ""
    text: str = ""
    segment: SegmentText | None = None
    place: int = 0


# Source texts by (path, translation).
Sources = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The contents of a page before and after manual editing.

    ``base`` is the page as wagtail-localize last generated it, ``hand`` the page with
    manual edits, and ``expected`` what would be generated now from ``segments``. A
    manual edit is a value in ``hand`` that differs from both ``base`` and ``expected``.
    """

    base: Contents
    hand: Contents
    expected: Contents
    segments: Sequence[SegmentText]
    sources: Sources

    def edits(self) -> list[FoundEdit]:
        """Return the edits in the order of the page, non-text values last."""
        segments: dict[str, list[SegmentText]] = defaultdict(list)
        for segment in self.segments:
            segments[segment.path].append(segment)
        paths = dict.fromkeys([*self.hand.texts, *self.base.texts])
        found = _merged(
            edit
            for path in paths
            if self._is_in_both(path)
            for edit in self._in_path(path, segments.get(path, []))
        )
        return [*found, *self._blocks(), *self._order(), *self._fields()]

    def _is_in_both(self, path: str) -> bool:
        """Return whether *path* belongs to a field, or to a block in both versions.

        Added and removed blocks are compared as a whole.
        """
        block = block_of(path)
        return not block or (block in self.base.blocks and block in self.hand.blocks)

    def _in_path(self, path: str, segments: list[SegmentText]) -> Iterator[FoundEdit]:
        base, hand = self.base.texts.get(path, []), self.hand.texts.get(path, [])
        if base == hand:
            return
        partners, newcomers = self._partners(path, segments, base)
        field_path = self._field_path(path)
        position = 0
        for old, new in align([t.html for t in base], [t.html for t in hand]):
            number = None
            if old is not None:
                position = old + 1
                number = partners.get(old)
            elif newcomers[position]:
                # A text added to the original was also added manually.
                number = newcomers[position].pop(0)
            yield from _edits(
                path,
                field_path,
                base[old] if old is not None else None,
                hand[new] if new is not None else None,
                segments[number] if number is not None else None,
                number or 0,
            )

    def _partners(
        self, path: str, segments: list[SegmentText], base: list[Text]
    ) -> tuple[dict[int, int], dict[int, list[int]]]:
        """Return the segments that the texts of *base* translate, and new segments.

        The first result maps the index of a text to the index of its segment. The
        second maps the number of preceding texts of *base* to the indexes of new
        segments.
        """
        of_base = [self.sources.get((path, text.html), text.html) for text in base]
        partners: dict[int, int] = {}
        newcomers: dict[int, list[int]] = defaultdict(list)
        position = 0
        for number, old in align([normal(s.source) for s in segments], of_base):
            if old is not None:
                position = old + 1
            if number is not None and old is not None:
                partners[old] = number
            elif number is not None:
                newcomers[position].append(number)
        return partners, newcomers

    def _blocks(self) -> Iterator[FoundEdit]:
        base, hand, expected = self.base, self.hand, self.expected
        for identity in dict.fromkeys([*hand.blocks, *base.blocks]):
            path = f"{BODY}.{identity}"
            field_path = self._field_path(path)
            if identity not in base.blocks:
                if identity not in expected.blocks:
                    text = _joined(hand.texts_of_block(identity))
                    yield FoundEdit(Kind.ADDED, path, field_path, text=text)
            elif identity not in hand.blocks:
                if identity in expected.blocks:
                    before = _joined(base.texts_of_block(identity))
                    yield FoundEdit(Kind.REMOVED, path, field_path, before=before)
            else:
                yield from self._facts(identity)

    def _facts(self, identity: str) -> Iterator[FoundEdit]:
        old, new = self.base.blocks[identity].facts, self.hand.blocks[identity].facts
        block = self.expected.blocks.get(identity)
        coming = block.facts if block else {}
        texts = [
            path
            for contents in (self.base, self.hand, self.expected)
            for path in contents.texts
            if block_of(path) == identity
        ]
        for path in dict.fromkeys([*new, *old]):
            if _is_text(path, texts) or old.get(path) == new.get(path):
                continue
            if not old.get(path) and not new.get(path):
                continue  # a field without text, not compared until now
            if new.get(path) != coming.get(path):
                yield FoundEdit(Kind.CHANGED, path, self._field_path(path))

    def _order(self) -> Iterator[FoundEdit]:
        hand, base, expected = (
            list(contents.blocks) for contents in (self.hand, self.base, self.expected)
        )
        for other in (base, expected):
            common = set(hand) & set(other)
            if [b for b in hand if b in common] == [b for b in other if b in common]:
                return
        yield FoundEdit(Kind.MOVED, BODY, BODY)

    def _fields(self) -> Iterator[FoundEdit]:
        for name, value in self.hand.fields.items():
            others = (self.base.fields.get(name, value), self.expected.fields.get(name))
            if value not in others:
                yield FoundEdit(Kind.CHANGED, name, name)

    def _field_path(self, path: str) -> str:
        """Return *path* with the block's id replaced by its type, for the label."""
        identity = block_of(path)
        if not identity:
            return path
        known = (self.hand, self.base, self.expected)
        kind = next(c.blocks[identity].kind for c in known if identity in c.blocks)
        return path.replace(identity, kind, 1)


def _merged(edits: Iterable[FoundEdit]) -> list[FoundEdit]:
    """Return the edits without repetitions of the same edit of a repeated text."""
    unique: dict[object, FoundEdit] = {}
    for number, one in enumerate(edits):
        key = (one.path, one.segment.key, one.text) if one.segment else number
        unique.setdefault(key, one)
    return list(unique.values())


def _edits(
    path: str,
    field_path: str,
    old: Text | None,
    new: Text | None,
    segment: SegmentText | None,
    place: int,
) -> Iterator[FoundEdit]:
    """Yield the edits of one text."""
    if old == new:
        return
    before, text = old.html if old else "", new.html if new else ""
    if new is None:
        if segment:
            yield FoundEdit(Kind.REMOVED, path, field_path, before=before)
    elif segment and text != before:
        if text != normal(segment.translation):
            yield FoundEdit(Kind.TEXT, path, field_path, before, text, segment, place)
    elif text != before:
        kind = Kind.GONE if old else Kind.ADDED
        yield FoundEdit(kind, path, field_path, before, text)
    if old and new and old.links != new.links:
        yield FoundEdit(Kind.LINK, path, field_path, before, text)


def _is_text(path: str, texts: Sequence[str]) -> bool:
    return any(
        path == text or text.startswith(f"{path}.") or path.startswith(f"{text}.")
        for text in texts
    )


def _joined(texts: list[Text]) -> str:
    return "\n".join(text.html for text in texts)
