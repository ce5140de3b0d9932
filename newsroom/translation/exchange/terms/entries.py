"""The contents of a termbase file, in any dialect."""

from dataclasses import dataclass

from newsroom.translation.models import Term


@dataclass(frozen=True, slots=True)
class TermText:
    """A term of a concept; ``status`` is one of :class:`Term.Status`."""

    language: str
    text: str
    status: str
    note: str = ""
    line: int = 0

    @property
    def status_label(self) -> str:
        return str(Term.Status(self.status).label)


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A concept in a file; ``key`` is its identifier in the file."""

    key: str
    terms: tuple[TermText, ...]
    note: str = ""
    subject_field: str = ""
    line: int = 0
