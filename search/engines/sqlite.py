"""SQLite's FTS5: the engine that needs no service.

``search_terms`` is fed by triggers (see the migrations), so a roll-back takes the index
back with it. Its tokenizer cuts at white space only: terms come ready-made.
"""

from collections.abc import Iterable

from search.clauses import (
    All,
    Any,
    Beginning,
    Clause,
    Marked,
    Not,
    Sequence,
    Word,
)
from search.engines.database import Condition, DatabaseEngine

# Every entry has the mark of a language.
_EVERYTHING = 'marks : "l:" *'
_NOTHING = 'marks : "-"'


class SQLiteEngine(DatabaseEngine):
    """See :class:`search.engines.Engine`."""

    name = "sqlite"

    def expression(self, clause: Clause) -> str | None:
        """See :meth:`DatabaseEngine.expression`: FTS5 answers all but dates."""
        return match_expression(clause)

    def matching(self, expression: str) -> Condition:
        """See :meth:`DatabaseEngine.matching`."""
        return Condition(
            "entry_id IN (SELECT rowid FROM search_terms WHERE search_terms MATCH %s)",
            [expression],
        )

    def numbers(self, clause: Clause) -> Condition:
        """See :meth:`DatabaseEngine.numbers`: FTS5 has the numbers itself."""
        expression = self.expression(clause)
        if expression is None:
            return super().numbers(clause)
        return Condition(
            "SELECT rowid FROM search_terms WHERE search_terms MATCH %s", [expression]
        )


def match_expression(clause: Clause) -> str | None:
    """Return *clause* as an FTS5 expression, None where a date is in it. Every term in
    it is quoted."""
    if isinstance(clause, Word):
        return _word(clause)
    if isinstance(clause, Sequence):
        return _in_column(clause.form, map(" ".join, clause.sequences))
    if isinstance(clause, Beginning):
        ways = [
            f"{form} : {quoted(text)} *"
            for form, texts in (("exact", clause.exact), ("folded", clause.folded))
            for text in sorted(texts)
        ]
        return " OR ".join(f"({way})" for way in ways) or _NOTHING
    if isinstance(clause, Marked):
        return _in_column("marks", clause.marks)
    if isinstance(clause, Not):
        inner = match_expression(clause.clause)
        return None if inner is None else f"({_EVERYTHING}) NOT ({inner})"
    if isinstance(clause, All):
        return _all(clause)
    if isinstance(clause, Any):
        expressions = [match_expression(part) for part in clause.clauses]
        if None in expressions:
            return None
        return " OR ".join(f"({part})" for part in expressions) or _NOTHING
    return None


def _all(clause: All) -> str | None:
    wanted: list[str] = []
    unwanted: list[str] = []
    for part in clause.clauses:
        is_not = isinstance(part, Not)
        expression = match_expression(part.clause if isinstance(part, Not) else part)
        if expression is None:
            return None
        (unwanted if is_not else wanted).append(expression)
    found = " AND ".join(f"({part})" for part in wanted) or _EVERYTHING
    for expression in unwanted:
        found = f"({found}) NOT ({expression})"
    return found


def _word(word: Word) -> str:
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
    """A term as FTS5 takes it in an expression, whatever is in it."""
    return '"' + text.replace('"', '""') + '"'
