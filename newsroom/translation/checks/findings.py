from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """An error prevents the submission of a translation; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check of a segment; the message is in the active language."""

    code: str
    message: str
    level: Level = Level.WARNING
