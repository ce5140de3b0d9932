"""Saving of imported texts, unless the stored text changed since the preview."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from django.utils.translation import gettext as _
from wagtail_localize.models import String, StringTranslation, Translation

from newsroom.access.accounts import display_name
from newsroom.access.users import User
from newsroom.articles.word_diff import DiffPiece, word_diff
from newsroom.translation.exchange.importing import FROM_FILE, Plan
from newsroom.translation.exchange.outcomes import UnitOutcome, present_outcome
from newsroom.translation.permissions import may_edit
from newsroom.translation.segments import SegmentText, locked_segments, save_segment
from newsroom.translation.sources import target_of
from newsroom.translation.status.review import is_editable

# Texts to save, by segment key: the "text" of the file, its "outcome", and "seen", a
# hash of what was stored at the time of the preview. JSON, so that it can be signed.
Wanted = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A text that was not saved.

    ``segment`` is the segment with its stored translation; None if the original has
    changed and no longer has the segment.
    """

    key: str
    source: str
    text: str
    outcome: str
    segment: SegmentText | None
    saved_by: str = ""

    @property
    def pieces(self) -> list[DiffPiece]:
        """The differences between the stored translation and the text of the file."""
        return word_diff(self.segment.translation if self.segment else "", self.text)


@dataclass(slots=True)
class Accepted:
    """The result for one translation; ``refusal`` says why nothing was saved."""

    translation: Translation
    count: int = 0
    refusal: str = ""
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def wanted(self) -> dict[str, dict[str, str]]:
        """The conflicting texts that can be chosen again, after another preview."""
        return {
            one.key: _wanted(one.text, one.outcome, one.segment)
            for one in self.conflicts
            if one.segment
        }


def seen(segment: SegmentText) -> str:
    """Return a hash of the stored state of *segment*: text, outcome and error flag.

    The outcome is included because accepting a machine draft does not change its text.
    """
    state = f"{present_outcome(segment)}{segment.has_error}\n{segment.translation}"
    return blake2b(state.encode(), digest_size=12).hexdigest()


def wanted_of(plan: Plan) -> dict[str, dict[str, str]]:
    """Return the changes of *plan* in a form that can be signed, by segment key."""
    return {
        one.segment.key: _wanted(one.text, one.outcome, one.segment)
        for one in plan.changed
    }


def _wanted(text: str, outcome: str, segment: SegmentText) -> dict[str, str]:
    return {"text": text, "outcome": outcome, "seen": seen(segment)}


def accept(translation: Translation, wanted: Wanted, *, user: User) -> Accepted:
    """Save *wanted* in the name of *user*, except texts that changed since the preview.

    Changed texts are returned as conflicts.
    """
    result = Accepted(translation)
    with locked_segments(translation) as segments:
        result.refusal = _refusal(translation, user)
        if result.refusal:
            return result
        for key, one in wanted.items():
            segment, outcome = segments.get(key), one["outcome"]
            if segment is not None and _is_same(segment, one):
                continue  # another user has saved the same text
            if segment is None or seen(segment) != one["seen"]:
                result.conflicts.append(_conflict(translation, key, one, segment))
                continue
            save_segment(
                translation,
                segment.context,
                segment.string,
                one["text"],
                user=user,
                machine=FROM_FILE if outcome == UnitOutcome.MACHINE else "",
                is_unfinished=outcome == UnitOutcome.UNFINISHED,
            )
            result.count += 1
    return result


def _is_same(segment: SegmentText, one: Mapping[str, str]) -> bool:
    stored = segment.translation, present_outcome(segment)
    return stored == (one["text"], one["outcome"])


def _refusal(translation: Translation, user: User) -> str:
    page = target_of(translation)
    if page is None or not translation.enabled:
        return _("This translation has been stopped.")
    if not may_edit(user, page):
        return _("You may not edit this translation.")
    if not is_editable(translation, page, user):
        return _("It is in review: until it comes back, only its editors change it.")
    return ""


def _conflict(
    translation: Translation,
    key: str,
    one: Mapping[str, str],
    segment: SegmentText | None,
) -> Conflict:
    text, outcome = one["text"], one["outcome"]
    if segment is None:
        string = key.rpartition("-")[2]
        known = String.objects.filter(pk=string if string.isdecimal() else None)
        source = known.values_list("data", flat=True).first()
        return Conflict(key, source or "", text, outcome, None)
    stored = StringTranslation.objects.filter(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale_id,
    ).select_related("last_translated_by")
    row = stored.first()
    author = row.last_translated_by if row else None
    saved_by = display_name(author) if author else ""
    return Conflict(key, segment.source, text, outcome, segment, saved_by)
