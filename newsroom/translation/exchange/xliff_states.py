"""The states of units in XLIFF files, of the standard and of individual tools."""

from collections.abc import Iterable
from typing import Any

from newsroom.translation.exchange.unit_states import UnitProgress, UnitState
from newsroom.translation.exchange.xml import name_of

# XLIFF 1.2, section 2.3 (state, state-qualifier).
MACHINE_QUALIFIERS = {"mt-suggestion", "leveraged-mt"}
_FINISHED_1 = {
    "translated": UnitState.TRANSLATED,
    "signed-off": UnitState.APPROVED,
    "final": UnitState.APPROVED,
}
# States that only wait for a review; "approved" says that it has taken place.
_IN_REVIEW_1 = {
    "needs-review-translation",
    "needs-review-adaptation",
    "needs-review-l10n",
}
# Attributes that tools add to a unit of XLIFF 1.2, by namespace: memoQ's mq:status,
# Phrase's m:confirmed, and sdl:conf of Trados segments. Other values are unfinished.
_MEMOQ = "MQXliff"
_PHRASE = "http://www.memsource.com/mxlf/2.0"
_TRADOS = "http://sdl.com/FileTypes/SdlXliff/1.0"
_FINISHED_BY_TOOL = {
    "manuallyconfirmed": UnitState.TRANSLATED,
    "confirmed": UnitState.TRANSLATED,
    "reviewer1confirmed": UnitState.APPROVED,
    "proofread": UnitState.APPROVED,
    "1": UnitState.TRANSLATED,
    "translated": UnitState.TRANSLATED,
    "approvedtranslation": UnitState.APPROVED,
    "approvedsignoff": UnitState.APPROVED,
}
_MACHINES = {"mt", "nmt", "amt", "machinetranslated"}

# XLIFF 2.0, section 4.3.1.31 (state); the prefix of subState is the tool's own.
SUBSTATE_MACHINE = "newsroom:machine"
_STATES_2 = {
    "initial": UnitState.UNFINISHED,
    "translated": UnitState.TRANSLATED,
    "reviewed": UnitState.APPROVED,
    "final": UnitState.APPROVED,
}


def progress_1(unit: Any, target: Any) -> UnitProgress:
    """Return the progress of an XLIFF 1.2 ``trans-unit`` whose ``target`` has a text.

    A tool's own attributes are newer than the standard ones, which the tool may have
    left unchanged. A state that claims more than a machine translation is kept: the
    caller decides whether a person has read it.
    """
    told = list(_told_by_tools(unit))
    standard = _standard_1(unit, target)
    qualifier = target.get("state-qualifier", "").lower() in MACHINE_QUALIFIERS
    by_machine = qualifier or _comes_from_machine(unit)
    if told:
        state = min(told)
    elif standard is not None:
        state = standard
    else:
        state = UnitState.UNFINISHED if by_machine else UnitState.TRANSLATED
    is_unread = state == UnitState.UNFINISHED or (qualifier and not told)
    return UnitProgress(state, by_machine and is_unread and state < UnitState.APPROVED)


def _standard_1(unit: Any, target: Any) -> UnitState | None:
    state = (target.get("state") or "").lower()
    approved = (unit.get("approved") or "").lower()
    if state in _FINISHED_1:
        return UnitState.APPROVED if approved == "yes" else _FINISHED_1[state]
    if approved == "yes" and (not state or state in _IN_REVIEW_1):
        return UnitState.APPROVED
    if state or approved == "no":
        return UnitState.UNFINISHED
    return None


def _told_by_tools(unit: Any) -> Iterable[UnitState]:
    values = [unit.get(f"{{{_MEMOQ}}}status"), unit.get(f"{{{_PHRASE}}}confirmed")]
    values += [one.get("conf", "Draft") for one in _trados_segments(unit)]
    for value in values:
        if value is not None:
            yield _FINISHED_BY_TOOL.get(value.lower(), UnitState.UNFINISHED)


def _comes_from_machine(unit: Any) -> bool:
    origins = [unit.get(f"{{{_MEMOQ}}}status"), unit.get(f"{{{_PHRASE}}}trans-origin")]
    origins += [one.get("origin") for one in _trados_segments(unit)]
    return any(origin and origin.lower() in _MACHINES for origin in origins)


def _trados_segments(unit: Any) -> list[Any]:
    return list(unit.iter(f"{{{_TRADOS}}}seg"))


def written_1(state: UnitState, *, by_machine: bool) -> dict[str, str]:
    """Return the attributes of an XLIFF 1.2 ``target``."""
    if by_machine:
        return {
            "state": "needs-review-translation",
            "state_qualifier": "mt-suggestion",
        }
    if state == UnitState.UNFINISHED:
        return {"state": "needs-adaptation"}
    return {"state": "translated"}


def progress_2(segments: Iterable[Any], *, is_told: bool) -> UnitProgress:
    """Return the progress of an XLIFF 2.0 unit: that of its least advanced segment.

    A segment without a state has the initial state. If no segment of the file has one
    (not *is_told*), the tool does not write states.
    """
    default = "initial" if is_told else "translated"
    found = [
        (
            _STATES_2.get((one.get("state") or default).lower(), UnitState.UNFINISHED),
            one,
        )
        for one in segments
    ]
    state = min((state for state, _one in found), default=UnitState.TRANSLATED)
    by_machine = any(
        state == UnitState.UNFINISHED and one.get("subState") == SUBSTATE_MACHINE
        for state, one in found
    )
    return UnitProgress(state, by_machine)


def written_2(state: UnitState, *, by_machine: bool, has_text: bool) -> dict[str, str]:
    """Return the attributes of an XLIFF 2.0 ``segment``."""
    if by_machine:
        return {"state": "initial", "subState": SUBSTATE_MACHINE}
    if state == UnitState.UNFINISHED or not has_text:
        return {"state": "initial"}
    return {"state": "translated"}


def has_states(root: Any) -> bool:
    """Return whether any segment of an XLIFF 2.0 file has a state."""
    return any(name_of(node) == "segment" and node.get("state") for node in root.iter())
