"""The state that a segment gets from the state of a unit in a file."""

from enum import StrEnum

from newsroom.translation.exchange.files import Unit
from newsroom.translation.exchange.unit_states import UnitState
from newsroom.translation.segments import SegmentText


class UnitOutcome(StrEnum):
    """The author and state of a text: a person (finished or not) or a machine."""

    FINISHED = "finished"
    UNFINISHED = "unfinished"
    MACHINE = "machine"


def outcome_of(unit: Unit, segment: SegmentText) -> UnitOutcome:
    """Return the state of *segment* with the text of *unit*, which is not empty.

    A machine draft that returns unchanged stays one, unless its state was raised: then
    a person has accepted it. A draft that was changed without a change of its state is
    unfinished work of a person. A draft accepted on the site in the meantime stays
    accepted.
    """
    is_same = unit.target == segment.translation
    if unit.is_machine_made:
        return _of_machine_made(unit, segment, is_same=is_same)
    if unit.state > UnitState.UNFINISHED:
        return UnitOutcome.FINISHED
    if is_same and segment.is_machine_made:
        return UnitOutcome.MACHINE
    return UnitOutcome.UNFINISHED


def present_outcome(segment: SegmentText) -> UnitOutcome:
    """Return the present state of *segment*."""
    if segment.is_machine_made:
        return UnitOutcome.MACHINE
    return UnitOutcome.UNFINISHED if segment.is_unfinished else UnitOutcome.FINISHED


def _of_machine_made(unit: Unit, segment: SegmentText, *, is_same: bool) -> UnitOutcome:
    is_raised = unit.state > UnitState.UNFINISHED
    if segment.is_machine_made and is_same:
        return UnitOutcome.FINISHED if is_raised else UnitOutcome.MACHINE
    if segment.is_machine_made:
        return UnitOutcome.FINISHED if is_raised else UnitOutcome.UNFINISHED
    return present_outcome(segment) if is_same else UnitOutcome.MACHINE
