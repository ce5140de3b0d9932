"""What a termbase's file holds, whatever its dialect."""

from dataclasses import dataclass

from newsroom.translation.models import Term


@dataclass(frozen=True, slots=True)
class TermText:
    """What a concept is called; ``status`` is one of :class:`Term.Status`."""

    language: str
    text: str
    status: str
    note: str = ""
    line: int = 0

    @property
    def status_label(self) -> str:
        return str(Term.Status(self.status).label)


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept in a file. ``key`` is what the file calls it."""

    key: str
    terms: tuple[TermText, ...]
    note: str = ""
    subject_field: str = ""
    line: int = 0
