"""SQLite engine: FTS5, which needs no separate service.

Triggers write ``search_terms`` (see the migrations), so a transaction that is rolled
back rolls back the index as well. The tokenizer splits at white space only, because
terms are already analysed.
"""

from collections.abc import Iterable

from search.engines.database import Condition, DatabaseEngine
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

# Every entry has a filter term for its language.
_EVERYTHING = 'marks : "l:" *'
_NOTHING = 'marks : "-"'


class SQLiteEngine(DatabaseEngine):
    """SQLite engine; see :class:`search.engines.Engine`."""

    name = "sqlite"

    def expression(self, clause: Clause) -> str | None:
        """Return an FTS5 expression; None only for clauses with dates.

        See :meth:`DatabaseEngine.expression`.
        """
        return match_expression(clause)

    def matching(self, expression: str) -> Condition:
        """Return the condition for rows that match *expression* in FTS5."""
        return Condition(
            "entry_id IN (SELECT rowid FROM search_terms WHERE search_terms MATCH %s)",
            [expression],
        )

    def numbers(self, clause: Clause) -> Condition:
        """Return a query for the primary keys, from FTS5 alone if possible.

        See :meth:`DatabaseEngine.numbers`.
        """
        expression = self.expression(clause)
        if expression is None:
            return super().numbers(clause)
        return Condition(
            "SELECT rowid FROM search_terms WHERE search_terms MATCH %s", [expression]
        )


def match_expression(clause: Clause) -> str | None:
    """Return *clause* as an FTS5 expression with every term quoted.

    Returns None if it contains a date.
    """
    if isinstance(clause, TermMatch):
        return _word(clause)
    if isinstance(clause, PhraseMatch):
        return _in_column(clause.variant, map(" ".join, clause.sequences))
    if isinstance(clause, PrefixMatch):
        ways = [
            f"{variant} : {quoted(text)} *"
            for variant, texts in (("exact", clause.exact), ("folded", clause.folded))
            for text in sorted(texts)
        ]
        return " OR ".join(f"({way})" for way in ways) or _NOTHING
    if isinstance(clause, FlagMatch):
        return _in_column("marks", clause.marks)
    if isinstance(clause, NoneOf):
        inner = match_expression(clause.clause)
        return None if inner is None else f"({_EVERYTHING}) NOT ({inner})"
    if isinstance(clause, AllOf):
        return _all(clause)
    if isinstance(clause, AnyOf):
        expressions = [match_expression(part) for part in clause.clauses]
        if None in expressions:
            return None
        return " OR ".join(f"({part})" for part in expressions) or _NOTHING
    return None


def _all(clause: AllOf) -> str | None:
    wanted: list[str] = []
    unwanted: list[str] = []
    for part in clause.clauses:
        is_not = isinstance(part, NoneOf)
        expression = match_expression(part.clause if isinstance(part, NoneOf) else part)
        if expression is None:
            return None
        (unwanted if is_not else wanted).append(expression)
    found = " AND ".join(f"({part})" for part in wanted) or _EVERYTHING
    for expression in unwanted:
        found = f"({found}) NOT ({expression})"
    return found


def _word(word: TermMatch) -> str:
    ways = []
    if word.stems:
        ways.append(_in_column("stems", word.stems))
    if word.folded:
        ways.append(_in_column("folded", word.folded))
    ways += [f"exact : {quoted(text)} *" for text in sorted(word.relatives)]
    if word.parts:
        ways.append(" AND ".join(f"({_word(part)})" for part in word.parts))
    return " OR ".join(f"({way})" for way in ways) or _NOTHING


def _in_column(column: str, terms: Iterable[str]) -> str:
    either = " OR ".join(map(quoted, sorted(terms)))
    return f"{column} : ({either})" if either else _NOTHING


def quoted(text: str) -> str:
    """Return *text* quoted as a term of an FTS5 expression."""
    return '"' + text.replace('"', '""') + '"'
