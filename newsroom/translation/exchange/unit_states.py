"""The states of a unit in a file, independent of the format."""

from enum import IntEnum
from typing import NamedTuple


class UnitState(IntEnum):
    """The states in the order of work; a translated or approved text is finished."""

    UNFINISHED = 1
    TRANSLATED = 2
    APPROVED = 3


class UnitProgress(NamedTuple):
    """A unit's state and origin.

    ``by_machine`` is true if a machine made the text and no person has accepted it.
    """

    state: UnitState
    by_machine: bool = False
