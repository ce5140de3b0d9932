"""States of a unit of a file, the same for every format."""

from enum import IntEnum
from typing import NamedTuple


class UnitState(IntEnum):
    """In the order of work. A person has finished what is translated or approved."""

    UNFINISHED = 1
    TRANSLATED = 2
    APPROVED = 3


class Progress(NamedTuple):
    """``by_machine``: a machine made the text, and no person has accepted it."""

    state: UnitState
    by_machine: bool = False
