from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """An error keeps a translation from being handed in; a warning asks to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say about a segment, in the language in use."""

    code: str
    message: str
    level: Level = Level.WARNING
