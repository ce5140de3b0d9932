"""The segments of a translation: source texts and their translations."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import transaction
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
)

from newsroom.access.users import User
from newsroom.translation.models import DraftReading, UnfinishedText
from newsroom.translation.status.counting import counted_once

# The tool name of drafts from the translation memory, as machine drafts have theirs.
MEMORY = "translation memory"


@dataclass(frozen=True, slots=True)
class SegmentText:
    """A segment of a source with its translation, which is empty if there is none.

    ``context`` and ``string`` are primary keys of wagtail-localize's TranslationContext
    and String. ``path`` is the content path of wagtail-localize (``title``,
    ``body.<block>.<field>``); ``field_path`` names the kind of field and block.
    ``source`` and ``translation`` are HTML. ``count`` is the number of occurrences of
    the text in its context. The text of an unfinished segment is a draft that needs
    work. A machine-made text may come from the translation memory.
    ``was_accepted_unread`` is true if the text was accepted by *Accept all*.
    """

    context: int
    string: int
    path: str
    field_path: str
    source: str
    translation: str
    is_machine_made: bool
    has_error: bool
    count: int = 1
    is_unfinished: bool = False
    is_from_memory: bool = False
    was_accepted_unread: bool = False

    @property
    def key(self) -> str:
        """The identifier of the segment in forms and URLs."""
        return f"{self.context}-{self.string}"

    @property
    def is_translated(self) -> bool:
        return bool(self.translation) and not self.has_error and not self.is_unfinished


def segments_of(translation: Translation) -> list[SegmentText]:
    """Return the segments of the present source, each once, in text order.

    A segment is one pair of context and string. wagtail-localize stores one translation
    for it, even if the text occurs several times in that context. All code that lists,
    counts, exports or imports segments uses this list; :func:`occurrences_of` repeats
    them.
    """
    found = occurrences_of(translation)
    counts = Counter(segment.key for segment in found)
    unique: dict[str, SegmentText] = {}
    for segment in found:
        unique.setdefault(segment.key, segment)
    return [replace(one, count=counts[key]) for key, one in unique.items()]


def occurrences_of(translation: Translation) -> list[SegmentText]:
    """Return the segments of the present source in text order, with repetitions.

    Use this for a comparison with a page, where each occurrence is a separate text.
    """
    segments = StringSegment.objects.filter(source=translation.source_id)
    made = {
        (text.context_id, text.translation_of_id): text
        for text in StringTranslation.objects.filter(
            locale=translation.target_locale_id,
            context__object_id=translation.source.object_id,
        ).select_related("unfinished", "draft_reading")
    }
    found = []
    for segment in segments.select_related("string", "context").order_by("order", "pk"):
        text = made.get((segment.context_id, segment.string_id))
        found.append(
            SegmentText(
                context=segment.context_id,
                string=segment.string_id,
                path=segment.context.path,
                field_path=segment.context.field_path,
                source=segment.string.data,
                translation=text.data if text else "",
                is_machine_made=text is not None and _is_machine_made(text),
                has_error=text is not None and text.has_error,
                is_unfinished=text is not None and hasattr(text, "unfinished"),
                is_from_memory=text is not None and text.tool_name == MEMORY,
                was_accepted_unread=_was_accepted_unread(text),
            )
        )
    return found


@contextmanager
def locked_segments(translation: Translation) -> Iterator[dict[str, SegmentText]]:
    """Lock the translation and yield its present segments by key, in a transaction.

    No other process can save a segment until the transaction ends, so that segments can
    be compared and replaced. All code that checks for conflicts before saving does so
    in this context.
    """
    with transaction.atomic(), counted_once():
        Translation.objects.select_for_update(no_key=True).get(pk=translation.pk)
        yield {segment.key: segment for segment in segments_of(translation)}


def _is_machine_made(text: StringTranslation) -> bool:
    return text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE


def _was_accepted_unread(text: StringTranslation | None) -> bool:
    reading = getattr(text, "draft_reading", None)
    return reading is not None and reading.how == DraftReading.How.UNREAD


def save_segment(
    translation: Translation,
    context: int,
    string: int,
    text: str,
    *,
    user: User,
    machine: str = "",
    is_unfinished: bool = False,
) -> StringTranslation:
    """Store *text* as the translation of a segment and replace any earlier one.

    *user* has written or accepted the text. *machine* is the name of the machine
    translator if the text is its draft. *is_unfinished* marks a text that needs work.
    The text is sanitised on saving, as all foreign HTML is.
    """
    kind = (
        StringTranslation.TRANSLATION_TYPE_MACHINE
        if machine
        else StringTranslation.TRANSLATION_TYPE_MANUAL
    )
    saved, _ = StringTranslation.objects.update_or_create(
        translation_of_id=string,
        locale=translation.target_locale,
        context=TranslationContext.objects.get(pk=context),
        defaults={
            "data": text,
            "translation_type": kind,
            "tool_name": machine,
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )  # deletes the mark of an unfinished text
    if is_unfinished:
        UnfinishedText.objects.create(text=saved)
    return saved
