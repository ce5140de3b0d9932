"""Notes to the reader about parts of a query that could not be read as typed."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

# Readers type no more than this; each word costs look-ups in every index.
MAX_LENGTH = 500  # characters of words, phrases and values together
MAX_CLAUSES = 40  # words, phrases and filters; each is a clause for the engine
MAX_DEPTH = 6  # nested brackets; deeper nesting is a mistake or automated
MIN_PREFIX = 2  # letters; a large part of all words starts with the same letter


class NoteCode(StrEnum):
    """The reason why a part of a query was not read as perhaps intended."""

    UNKNOWN_FIELD = "unknown-field"
    UNKNOWN_LANGUAGE = "unknown-language"
    BAD_DATE = "bad-date"
    UNBALANCED_BRACKET = "unbalanced-bracket"
    UNBALANCED_QUOTE = "unbalanced-quote"
    DANGLING_OPERATOR = "dangling-operator"
    SHORT_PREFIX = "short-prefix"
    TOO_LONG = "too-long"
    TOO_MANY_CLAUSES = "too-many-clauses"
    TOO_DEEP = "too-deep"


LIMITS = {
    NoteCode.SHORT_PREFIX: MIN_PREFIX,
    NoteCode.TOO_LONG: MAX_LENGTH,
    NoteCode.TOO_MANY_CLAUSES: MAX_CLAUSES,
    NoteCode.TOO_DEEP: MAX_DEPTH,
}

_MESSAGES = {
    NoteCode.UNKNOWN_FIELD: _(
        "“%(text)s” names no filter that there is, so it was searched as words."
    ),
    NoteCode.UNKNOWN_LANGUAGE: _(
        "“%(text)s” names no known language, so it was searched as words."
    ),
    NoteCode.BAD_DATE: _(
        "“%(text)s” holds no date that could be read, so it was searched as words."
    ),
    NoteCode.UNBALANCED_BRACKET: _("The bracket “%(text)s” has no counterpart."),
    NoteCode.UNBALANCED_QUOTE: _(
        "The quotation mark %(text)s has no counterpart, so words were searched "
        "instead of a phrase."
    ),
    NoteCode.DANGLING_OPERATOR: _(
        "“%(text)s” applies to nothing here, so it was not read as an operator."
    ),
    NoteCode.SHORT_PREFIX: _(
        "“%(text)s” was searched as a word: at least %(limit)d letters must stand "
        "before the star."
    ),
    NoteCode.TOO_LONG: _(
        "The query is too long: the first %(limit)d characters were searched, and "
        "all from “%(text)s” on was left out."
    ),
    NoteCode.TOO_MANY_CLAUSES: _(
        "The query has too many words: the first %(limit)d were searched, and all "
        "from “%(text)s” on was left out."
    ),
    NoteCode.TOO_DEEP: _(
        "What stands in more than %(limit)d brackets was left out: “%(text)s”."
    ),
}


@dataclass(frozen=True, slots=True)
class Note:
    """A note on ``text``, the affected part of the query."""

    code: NoteCode
    text: str

    def message(self) -> str:
        """Return the message for readers, in the active language. Not safe for HTML."""
        limit = LIMITS.get(self.code, 0)
        return str(_MESSAGES[self.code]) % {"text": self.text, "limit": limit}
