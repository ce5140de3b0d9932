"""Queries for engines: an immutable tree over the terms of entries.

Every engine returns the same set of entries for a clause. Clauses do not depend on
languages, pages or the syntax that the reader used.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search.languages.language import PREFIX_LENGTH


@dataclass(frozen=True, slots=True)
class TermMatch:
    """Entries that contain a word in any of its matching variants.

    An entry matches if it has any of ``stems``, any of the ``folded`` keys, all of
    ``parts``, or a word that starts with one of ``relatives``. ``exact`` is for ranking
    only: an entry with the exact variant also has its stem.
    """

    exact: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()
    parts: tuple["TermMatch", ...] = ()
    relatives: frozenset[str] = frozenset()

    @property
    def beginnings(self) -> frozenset[str]:
        """The prefixes that related words share, of words that are long enough."""
        starts = {exact[:PREFIX_LENGTH] for exact in self.exact}
        return frozenset(text for text in starts if len(text) == PREFIX_LENGTH)


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """Entries with one of the sequences of adjacent terms within one field.

    ``variant`` is ``exact`` (as written) or ``folded`` (any inflected form).
    """

    variant: str
    sequences: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PrefixMatch:
    """Entries with a word that starts with a prefix.

    A word matches if it starts with one of ``exact``, or if its folded key starts with
    one of ``folded``.
    """

    exact: frozenset[str]
    folded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FlagMatch:
    """Entries with any of the filter terms in ``marks``.

    See :mod:`search.index.filter_terms`.
    """

    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Entries published in ``start <= t < end``, in seconds since 1970."""

    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Entries that match every clause. Without clauses: all entries."""

    clauses: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Entries that match at least one clause. Without clauses: none."""

    clauses: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Entries that do not match the clause."""

    clause: "Clause"


Clause = (
    TermMatch
    | PhraseMatch
    | PrefixMatch
    | FlagMatch
    | DateRange
    | AllOf
    | AnyOf
    | NoneOf
)
Text = TermMatch | PhraseMatch | PrefixMatch

EVERYTHING = AllOf()
NOTHING = AnyOf()


def both(*clauses: Clause) -> Clause:
    """Combine *clauses* with AND, flattening nested :class:`AllOf` clauses."""
    flat: list[Clause] = []
    for clause in clauses:
        flat.extend(clause.clauses if isinstance(clause, AllOf) else [clause])
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat))


def texts(clause: Clause) -> Iterator[Text]:
    """Yield the text clauses in *clause* that may match; negated ones are skipped."""
    if isinstance(clause, AllOf | AnyOf):
        for part in clause.clauses:
            yield from texts(part)
    elif isinstance(clause, TermMatch | PhraseMatch | PrefixMatch):
        yield clause
