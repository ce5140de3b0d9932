"""What becomes of a segment by the state that a file gives it."""

from enum import StrEnum

from newsroom.translation.exchange.files import Unit
from newsroom.translation.exchange.unit_states import UnitState
from newsroom.translation.segments import SegmentText


class Outcome(StrEnum):
    """Who has made a text: a person, who has finished it or not, or a machine."""

    FINISHED = "finished"
    UNFINISHED = "unfinished"
    MACHINE = "machine"


def outcome_of(unit: Unit, segment: SegmentText) -> Outcome:
    """Return what *segment* is to be with the text of *unit*, which is not empty.

    A machine's draft that comes back as it was stays one unless its state was raised:
    then a person has accepted it. Changed, but with the state that it had, it is a
    person's and unfinished. A draft that a person has accepted here meanwhile stays
    accepted.
    """
    is_same = unit.target == segment.translation
    if unit.is_machine_made:
        return _of_machine_made(unit, segment, is_same=is_same)
    if unit.state > UnitState.UNFINISHED:
        return Outcome.FINISHED
    if is_same and segment.is_machine_made:
        return Outcome.MACHINE
    return Outcome.UNFINISHED


def present_outcome(segment: SegmentText) -> Outcome:
    """Return what *segment* is now."""
    if segment.is_machine_made:
        return Outcome.MACHINE
    return Outcome.UNFINISHED if segment.is_unfinished else Outcome.FINISHED


def _of_machine_made(unit: Unit, segment: SegmentText, *, is_same: bool) -> Outcome:
    is_raised = unit.state > UnitState.UNFINISHED
    if segment.is_machine_made and is_same:
        return Outcome.FINISHED if is_raised else Outcome.MACHINE
    if segment.is_machine_made:
        return Outcome.FINISHED if is_raised else Outcome.UNFINISHED
    return present_outcome(segment) if is_same else Outcome.MACHINE
