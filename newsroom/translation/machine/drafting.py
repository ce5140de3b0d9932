"""Machine drafts of the untranslated segments of an article, all or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import String, Translation

from newsroom.access.users import User
from newsroom.fetching.errors import TooSlowError, UnreachableError
from newsroom.fetching.services import StatusError
from newsroom.translation.memory.store import exact_matches
from newsroom.translation.segments import (
    MEMORY,
    SegmentText,
    locked_segments,
    save_segment,
    segments_of,
)

# Segments per request: services refuse longer lists (DeepL accepts 50).
SEGMENTS_AT_ONCE = 50
REFUSED, TOO_MANY, TOO_MUCH = {401, 403}, {429, 456}, {413}


class MachineError(Exception):
    """Nothing was translated; the message gives editors the reason."""


def machine_name() -> str:
    """Return the display name of the machine translator; "" if there is none."""
    machine = get_machine_translator()
    return machine.display_name if machine else ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that a person must still accept; ``tool`` is the name of its origin."""

    text: str
    tool: str


def make_drafts(translation: Translation) -> dict[str, Draft]:
    """Return drafts of the untranslated segments, by key, without saving them.

    Exact matches from the translation memory come first; the machine translates the
    rest. Raises MachineError.
    """
    missing = [one for one in segments_of(translation) if _is_missing(one)]
    known = exact_matches(translation, missing)
    rest = [one for one in missing if one.key not in known]
    made = ask_machine(translation, rest) if rest else {}
    return {
        **{key: Draft(text, MEMORY) for key, text in known.items()},
        **{key: Draft(text, machine_name()) for key, text in made.items()},
    }


def ask_machine(translation: Translation, missing: list[SegmentText]) -> dict[str, str]:
    """Return the machine's drafts of *missing*, by key; raise MachineError."""
    machine = get_machine_translator()
    source, target = translation.source.locale, translation.target_locale
    if machine is None or not machine.can_translate(source, target):
        raise MachineError(_("No machine translates between these languages."))
    drafts: dict[str, str] = {}
    for start in range(0, len(missing), SEGMENTS_AT_ONCE):
        part = missing[start : start + SEGMENTS_AT_ONCE]
        drafts |= _ask(machine, source, target, part)
    return drafts


def _is_missing(segment: SegmentText) -> bool:
    """Return whether the segment has no text; an unfinished text is not overwritten."""
    return not segment.is_translated and not segment.is_unfinished


def _ask(
    machine: Any, source: Any, target: Any, segments: list[SegmentText]
) -> dict[str, str]:
    strings = String.objects.in_bulk([segment.string for segment in segments])
    values = {s.key: strings[s.string].as_value() for s in segments}
    wanted = list(dict.fromkeys(values.values()))
    try:
        found = machine.translate(source, target, wanted)
        drafts = {key: found[value].data for key, value in values.items()}
    except TooSlowError as error:
        raise MachineError(
            _("%(machine)s did not answer in time.") % {"machine": machine.display_name}
        ) from error
    except StatusError as error:
        raise MachineError(_reason(machine, error.status)) from error
    except UnreachableError as error:
        raise MachineError(
            _("%(machine)s cannot be reached.") % {"machine": machine.display_name}
        ) from error
    except Exception as error:  # an unexpected response, or a library's own exception
        raise MachineError(
            _("%(machine)s gave an answer that cannot be used (%(error)s).")
            % {"machine": machine.display_name, "error": type(error).__name__}
        ) from error
    if empty := [key for key, text in drafts.items() if not text.strip()]:
        raise MachineError(
            _("%(machine)s left segments out: %(count)d.")
            % {"machine": machine.display_name, "count": len(empty)}
        )
    return drafts


def _reason(machine: Any, status: int) -> str:
    name = {"machine": machine.display_name}
    if status in REFUSED:
        return _("%(machine)s refuses the site's key.") % name
    if status in TOO_MANY:
        return _("%(machine)s is overloaded: try again later.") % name
    if status in TOO_MUCH:
        return _("The article is too long for %(machine)s.") % name
    return _("%(machine)s has failed (%(status)d).") % {**name, "status": status}


def save_drafts(
    translation: Translation, drafts: Mapping[str, Draft], *, user: User
) -> int:
    """Save *drafts* of segments that are still untranslated; return their number."""
    count = 0
    with locked_segments(translation) as segments:
        for segment in segments.values():
            draft = drafts.get(segment.key)
            if draft and _is_missing(segment):
                save_segment(
                    translation,
                    segment.context,
                    segment.string,
                    draft.text,
                    user=user,
                    machine=draft.tool,
                )
                count += 1
    return count
