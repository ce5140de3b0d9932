"""Reuse of translations for texts that have moved when their source is refreshed.

wagtail-localize finds a translation by text and context. A row inserted into a table
moves every cell below it, and a split block gives its paragraphs new contexts: the same
texts would have to be translated again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from typing import Any

from wagtail.models import Page
from wagtail_localize.models import (
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)

from newsroom.translation.changes import CELL, Segment
from newsroom.translation.memory.store import remember
from newsroom.translation.models import SegmentComment
from newsroom.translation.status.counting import count
from newsroom.translation.synchronisation.source_snapshots import present_segments

# The copied fields of a translation, including its author and whether it is a machine
# translation.
COPIED = (
    "data",
    "translation_type",
    "tool_name",
    "last_translated_by_id",
    "updated_at",
)
# Upper limit of old segments times new segments for alignment, which takes that many
# comparisons in the worst case. Longer articles are matched by identity and distance
# only.
MAX_COMPARISONS = 4_000_000
# Each pass finds blocks that were moved across those found before.
MAX_PASSES = 10

Texts = Mapping[Segment, StringTranslation]


@contextmanager
def kept_translations(source: TranslationSource) -> Iterator[None]:
    """Copy translations to moved texts when *source* is refreshed in this context.

    A text with several translations gets the one of the aligned place, or else that of
    the nearest place. Machine translations keep their type. One pass for each language;
    the number of queries does not depend on the number of segments.
    """
    before = present_segments(source.pk)
    yield
    after = present_segments(source.pk)
    if before == after:
        return
    origins = align(before, after, _cells([*before, *after]))
    changed = [
        _keep(translation, before, after, origins)
        for translation in source.translations.select_related("target_locale")
    ]
    if any(changed):
        count(source.object_id)


def align(
    before: Sequence[Segment], after: Sequence[Segment], cells: set[int]
) -> dict[int, int]:
    """Return the position in *before* of each aligned text of *after*.

    Segments with equal text and context match directly, unless the context is one of
    *cells*. The others are aligned in order, longest runs first, so that the cells of a
    row that has moved stay together; :mod:`newsroom.articles.alignment`, which keeps as
    many texts as possible, would divide them. Further passes align moved texts.
    """
    origins: dict[int, int] = {}
    known: dict[Segment, list[int]] = defaultdict(list)
    for position, segment in enumerate(before):
        if segment[0] not in cells:
            known[segment].append(position)
    for position, segment in enumerate(after):
        if known[segment]:
            origins[position] = known[segment].pop(0)
    for _ in range(MAX_PASSES):
        found = _align_rest(before, after, origins)
        if not found:
            break
        origins |= found
    return origins


def _align_rest(
    before: Sequence[Segment], after: Sequence[Segment], origins: Mapping[int, int]
) -> dict[int, int]:
    taken = set(origins.values())
    old = [n for n in range(len(before)) if n not in taken]
    new = [n for n in range(len(after)) if n not in origins]
    if len(old) * len(new) > MAX_COMPARISONS:
        return {}
    matcher = SequenceMatcher(
        None, [before[n][1] for n in old], [after[n][1] for n in new], autojunk=False
    )
    return {
        new[block.b + step]: old[block.a + step]
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def _cells(segments: Sequence[Segment]) -> set[int]:
    """Return the contexts that are table cells."""
    contexts = TranslationContext.objects.filter(
        pk__in={context for context, _string in segments}, path__regex=CELL.pattern
    )
    return set(contexts.values_list("pk", flat=True))


def _keep(
    translation: Translation,
    before: Sequence[Segment],
    after: Sequence[Segment],
    origins: Mapping[int, int],
) -> bool:
    """Store the translations of texts that have moved; return whether there are any."""
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale_id,
        context__object_id=translation.source.object_id,
    ).order_by("pk")
    stored = {(row.context_id, row.translation_of_id): row for row in rows}
    texts = {place: row for place, row in stored.items() if not row.has_error}
    moved = _moved(before, after, origins, texts)
    values = {
        place: {name: getattr(row, name) for name in COPIED}
        for place, row in moved.items()
    }
    new, changed = [], []
    for place, copied in values.items():
        row = stored.get(place)
        if row is None:
            row = StringTranslation(
                locale=translation.target_locale,
                context_id=place[0],
                translation_of_id=place[1],
            )
            new.append(row)
        elif all(getattr(row, name) == value for name, value in copied.items()):
            continue
        else:
            changed.append(row)
        for name, value in {**copied, "has_error": False, "field_error": ""}.items():
            setattr(row, name, value)
    _save(new, changed, values)
    _move_comments(translation, before, after, origins)
    return bool(new or changed)


def _moved(
    before: Sequence[Segment],
    after: Sequence[Segment],
    origins: Mapping[int, int],
    texts: Texts,
) -> dict[Segment, StringTranslation]:
    """Return the translation to store for each segment whose text was elsewhere."""
    chosen: dict[Segment, StringTranslation] = {}
    settled: set[Segment] = set()
    for position, place in enumerate(after):
        if place in settled or position not in origins:
            continue
        origin = before[origins[position]]
        if origin in texts:
            settled.add(place)
            if origin != place:
                chosen[place] = texts[origin]
    others = _Others(before, texts)
    for position, place in enumerate(after):
        if place in settled or place in texts:
            continue
        settled.add(place)
        if found := others.nearest(place, position):
            chosen[place] = found
    return chosen


class _Others:
    """The translations of each text at all present or earlier places of the article."""

    def __init__(self, before: Sequence[Segment], texts: Texts) -> None:
        self.positions: dict[int, list[tuple[int, StringTranslation]]] = defaultdict(
            list
        )
        for position, place in enumerate(before):
            if place in texts:
                self.positions[place[1]].append((position, texts[place]))
        self.latest = {string: row for (_context, string), row in texts.items()}

    def nearest(self, place: Segment, position: int) -> StringTranslation | None:
        """Return the translation of the nearest place with the same text.

        If the text was at no such place, return the latest stored translation, or None.
        """
        known = self.positions.get(place[1])
        if not known:
            return self.latest.get(place[1])
        return min(known, key=lambda one: (abs(one[0] - position), one[0]))[1]


def _save(
    new: list[StringTranslation],
    changed: list[StringTranslation],
    values: Mapping[Segment, Mapping[str, Any]],
) -> None:
    rows = [*new, *changed]
    if not rows:
        return
    StringTranslation.objects.bulk_create(new)
    for row in rows:
        # The translator approved this text at the earlier time, not now.
        row.updated_at = values[row.context_id, row.translation_of_id]["updated_at"]
    StringTranslation.objects.bulk_update(
        rows,
        [*(name.removesuffix("_id") for name in COPIED), "has_error", "field_error"],
    )
    _show_titles(rows)
    pks = [row.pk for row in rows]
    remember(
        StringTranslation.objects.filter(pk__in=pks).select_related(
            "translation_of__locale", "locale"
        )
    )


def _show_titles(rows: list[StringTranslation]) -> None:
    """Copy translated headlines to ``draft_title``, which the admin shows.

    wagtail-localize does the same when it saves a single translation.
    """
    titles = TranslationContext.objects.filter(
        pk__in=[row.context_id for row in rows], path="title"
    ).in_bulk()
    for row in rows:
        if row.context_id in titles:
            Page.objects.filter(
                translation_key=titles[row.context_id].object_id,
                locale=row.locale_id,
            ).update(draft_title=row.data)


def _move_comments(
    translation: Translation,
    before: Sequence[Segment],
    after: Sequence[Segment],
    origins: Mapping[int, int],
) -> None:
    """Move the comments of each moved segment to its new context."""
    moves = {
        before[old]: after[new]
        for new, old in origins.items()
        if before[old] != after[new]
    }
    comments = [
        comment
        for comment in SegmentComment.objects.filter(translation=translation)
        if (comment.context_id, comment.string_id) in moves
    ]
    for comment in comments:
        place = moves[comment.context_id, comment.string_id]
        comment.context_id = place[0]
    SegmentComment.objects.bulk_update(comments, ["context"])
