"""Queries for engines: an immutable tree over the terms of entries.

Every engine returns the same set of entries for a clause. Clauses do not depend on
languages, pages or the syntax that the reader used.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search.languages.language import PREFIX_LENGTH


@dataclass(frozen=True, slots=True)
class Word:
    """Entries that contain a word in any of its matching forms.

    An entry matches if it has any of ``stems``, any of the ``folded`` keys, all of
    ``parts``, or a word that starts with one of ``relatives``. ``exact`` is for ranking
    only: an entry with the exact form also has its stem.
    """

    exact: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()
    parts: tuple["Word", ...] = ()
    relatives: frozenset[str] = frozenset()

    @property
    def beginnings(self) -> frozenset[str]:
        """The prefixes that related words share, of words that are long enough."""
        starts = {form[:PREFIX_LENGTH] for form in self.exact}
        return frozenset(text for text in starts if len(text) == PREFIX_LENGTH)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Entries with one of the sequences of adjacent terms within one field.

    ``form`` is ``exact`` (as written) or ``folded`` (any inflected form).
    """

    form: str
    sequences: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Entries with a word that starts with a prefix.

    A word matches if it starts with one of ``exact``, or if its folded key starts with
    one of ``folded``.
    """

    exact: frozenset[str]
    folded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Marked:
    """Entries with any of the filter terms in ``marks``; see :mod:`search.marks`."""

    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Published:
    """Entries published in ``start <= t < end``, in seconds since 1970."""

    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Entries that match every clause. Without clauses: all entries."""

    clauses: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """Entries that match at least one clause. Without clauses: none."""

    clauses: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Entries that do not match the clause."""

    clause: "Clause"


Clause = Word | Sequence | Beginning | Marked | Published | All | Any | Not
Text = Word | Sequence | Beginning

EVERYTHING = All()
NOTHING = Any()


def both(*clauses: Clause) -> Clause:
    """Combine *clauses* with AND, flattening nested :class:`All` clauses."""
    flat: list[Clause] = []
    for clause in clauses:
        flat.extend(clause.clauses if isinstance(clause, All) else [clause])
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def texts(clause: Clause) -> Iterator[Text]:
    """Yield the text clauses in *clause* that may match; negated ones are skipped."""
    if isinstance(clause, All | Any):
        for part in clause.clauses:
            yield from texts(part)
    elif isinstance(clause, Word | Sequence | Beginning):
        yield clause
