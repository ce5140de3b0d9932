"""What engines are asked for: an immutable tree over the terms of entries.

Every engine answers a clause with the same set of entries. Nothing in it depends on
languages, pages or how the reader wrote it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search.languages.language import PREFIX_LENGTH


@dataclass(frozen=True, slots=True)
class Word:
    """Entries with any of the stems, any of the folded keys, all of the parts, or a
    word that begins like one of ``relatives``.

    ``exact`` decides nothing: who has the exact form has its stem. It is for ranking.
    """

    exact: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()
    parts: tuple["Word", ...] = ()
    relatives: frozenset[str] = frozenset()

    @property
    def beginnings(self) -> frozenset[str]:
        """The beginnings that relatives of the word share: of long enough words."""
        starts = {form[:PREFIX_LENGTH] for form in self.exact}
        return frozenset(text for text in starts if len(text) == PREFIX_LENGTH)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Entries with one of the sequences of terms side by side within one zone.

    ``form`` is ``exact`` (as it was written) or ``folded`` (in any inflected form).
    """

    form: str
    sequences: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Entries with a word that begins with one of ``exact``, or whose key does with
    one of ``folded``."""

    exact: frozenset[str]
    folded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Marked:
    """Entries with any of the marks; see :mod:`search.marks`."""

    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Published:
    """Entries published from ``start`` on and before ``end``, in seconds since 1970."""

    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Entries that every clause has. Without clauses: all entries."""

    clauses: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """Entries that at least one clause has. Without clauses: none."""

    clauses: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Entries that the clause has not."""

    clause: "Clause"


Clause = Word | Sequence | Beginning | Marked | Published | All | Any | Not
Text = Word | Sequence | Beginning

EVERYTHING = All()
NOTHING = Any()


def both(*clauses: Clause) -> Clause:
    """All of *clauses*, without nesting."""
    flat: list[Clause] = []
    for clause in clauses:
        flat.extend(clause.clauses if isinstance(clause, All) else [clause])
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def texts(clause: Clause) -> Iterator[Text]:
    """The clauses about words that an entry may have because of *clause*."""
    if isinstance(clause, All | Any):
        for part in clause.clauses:
            yield from texts(part)
    elif isinstance(clause, Word | Sequence | Beginning):
        yield clause
