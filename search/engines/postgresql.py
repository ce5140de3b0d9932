"""PostgreSQL engine: a GIN index over the lexemes of entries.

Lexemes are prefixed with their variant (``e:``, ``s:``, ``f:``) or are filter terms;
triggers write them (see the migrations). They have no positions and no weights. An
index look-up that needs neither is exact; one that needs them reads every text it
finds. Fields of words are therefore lexemes of their own (filter terms), and phrases
are matched against the texts of the few entries that have all their words.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from search.engines.database import Condition, DatabaseEngine, joined
from search.index.fields import FIELDS
from search.plan.clauses import (
    AllOf,
    AnyOf,
    Clause,
    FlagMatch,
    NoneOf,
    PhraseMatch,
    PrefixMatch,
    TermMatch,
)

_EVERYTHING = "'l:':*"
_NOTHING = "'-'"


class PostgreSQLEngine(DatabaseEngine):
    """PostgreSQL engine; see :class:`search.engines.Engine`."""

    name = "postgresql"

    def expression(self, clause: Clause) -> str | None:
        """Return a ``tsquery``; None for dates and phrases.

        See :meth:`DatabaseEngine.expression`.
        """
        return query_expression(clause)

    def matching(self, expression: str) -> Condition:
        """Return the condition for rows whose lexemes match *expression*."""
        return Condition("terms @@ %s::tsquery", [expression])

    def where(self, clause: Clause) -> Condition:
        """Return the condition for *clause*; phrases are checked in the texts."""
        if isinstance(clause, PhraseMatch):
            return _sequence(clause)
        return super().where(clause)

    @contextmanager
    def planned(self) -> Iterator[None]:
        """Disable sequential scans, JIT and parallel workers in a transaction.

        The planner prefers a sequential scan for a small table, but the lexemes are
        stored outside its rows (TOAST). Compiling a plan, or splitting it among
        processes, costs more than it saves.
        """
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET LOCAL enable_seqscan = off; SET LOCAL jit = off;"
                    " SET LOCAL max_parallel_workers_per_gather = 0"
                )
            yield


def query_expression(clause: Clause) -> str | None:
    """Return *clause* as the text of a ``tsquery``, with every lexeme quoted.

    Returns None if it needs more than the index, as dates and phrases do.
    """
    if isinstance(clause, TermMatch):
        return _word(clause)
    if isinstance(clause, PrefixMatch):
        ways = [f"{quoted('e:' + text)}:*" for text in sorted(clause.exact)]
        ways += [f"{quoted('f:' + text)}:*" for text in sorted(clause.folded)]
        return _either(ways)
    if isinstance(clause, FlagMatch):
        return _either(map(quoted, sorted(clause.marks)))
    if isinstance(clause, NoneOf):
        inner = query_expression(clause.clause)
        return None if inner is None else f"({_EVERYTHING} & !({inner}))"
    if isinstance(clause, AllOf):
        parts = [query_expression(part) for part in clause.clauses]
        if None in parts:
            return None
        return "(" + " & ".join(map(str, parts)) + ")" if parts else _EVERYTHING
    if isinstance(clause, AnyOf):
        parts = [query_expression(part) for part in clause.clauses]
        return None if None in parts else _either(map(str, parts))
    return None


def _word(word: TermMatch) -> str:
    ways = [quoted("s:" + stem) for stem in sorted(word.stems)]
    ways += [quoted("f:" + key) for key in sorted(word.folded)]
    ways += [f"{quoted('e:' + text)}:*" for text in sorted(word.relatives)]
    if word.parts:
        ways.append("(" + " & ".join(map(_word, word.parts)) + ")")
    return _either(ways)


def _either(ways: Iterable[str]) -> str:
    text = " | ".join(ways)
    return f"({text})" if text else _NOTHING


def quoted(lexeme: str) -> str:
    """Return *lexeme* quoted for the text of a ``tsquery``."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _sequence(clause: PhraseMatch) -> Condition:
    conditions = [
        _one_sequence(clause.variant, words) for words in sorted(clause.sequences)
    ]
    return joined("OR", conditions) if conditions else Condition("1 = 0", [])


def _one_sequence(variant: str, words: tuple[str, ...]) -> Condition:
    lexemes = " & ".join(quoted(f"{variant[0]}:{word}") for word in words)
    if len(words) == 1:
        return Condition("terms @@ %s::tsquery", [lexemes])
    has_it = " OR ".join(
        f"position(%s IN ' ' || entry.{field}_{variant} || ' ') > 0" for field in FIELDS
    )
    text = f" {' '.join(words)} "
    return Condition(
        "terms @@ %s::tsquery AND EXISTS (SELECT 1 FROM search_entry entry"
        f" WHERE entry.id = entry_id AND ({has_it}))",
        [lexemes, *[text] * len(FIELDS)],
    )
