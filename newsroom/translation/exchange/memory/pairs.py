"""The contents of a translation memory file, in any format."""

from dataclasses import dataclass

from newsroom.translation.exchange.files import Document
from newsroom.translation.exchange.unit_states import UnitState


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation, both as HTML; languages are codes."""

    source_language: str
    source: str
    target_language: str
    target: str
    line: int = 0


def pairs_of(document: Document) -> list[Pair]:
    """Return the units of *document* that a person has translated and finished."""
    return [
        Pair(
            document.source_language, unit.source, document.target_language, unit.target
        )
        for unit in document.units
        if unit.target
        and not unit.is_machine_made
        and unit.state > UnitState.UNFINISHED
    ]
