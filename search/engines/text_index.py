"""Boolean expressions over the terms of a database's full-text index.

Terms are already analysed and stand in fields: the variants of words (``exact``,
``stems``, ``folded``) and filter terms (``marks``). An index with a single field has
the name "" for it. SQLite and PostgreSQL differ in how an expression is written;
:meth:`TextIndex.expression` translates a clause for both.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable

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


class TextIndex(ABC):
    """The syntax of one database; an expression is a string."""

    and_operator: str
    or_operator: str
    not_operator: str
    # Matches every entry of the search, and none.
    everything: str
    nothing: str

    @abstractmethod
    def any_term(self, field: str, texts: Iterable[str]) -> str:
        """Return the expression that *field* has any of the terms *texts*."""

    @abstractmethod
    def prefix(self, field: str, text: str) -> str:
        """Return the expression that *field* has a term that starts with *text*."""

    def phrase(self, clause: PhraseMatch) -> str | None:
        """Return *clause* as an expression; None if the index has no positions."""
        return None

    def any_of(self, expressions: Iterable[str]) -> str:
        """Return the disjunction; without *expressions*, one that matches nothing."""
        parts = [f"({expression})" for expression in expressions]
        return self.or_operator.join(parts) or self.nothing

    def all_of(self, expressions: Iterable[str]) -> str:
        """Return the conjunction; without *expressions*, one that matches all."""
        parts = [f"({expression})" for expression in expressions]
        return self.and_operator.join(parts) or self.everything

    def without(self, expression: str, unwanted: str) -> str:
        """Return the expression for what matches *expression* but not *unwanted*."""
        return f"({expression}){self.not_operator}({unwanted})"

    def expression(self, clause: Clause) -> str | None:
        """Return *clause* as an expression.

        Returns None if it needs more than the index: dates, and phrases on PostgreSQL.
        """
        match clause:
            case TermMatch():
                return self._word(clause)
            case PhraseMatch():
                return self.phrase(clause)
            case PrefixMatch():
                return self.any_of(
                    self.prefix(field, text)
                    for field, texts in (
                        ("exact", clause.exact),
                        ("folded", clause.folded),
                    )
                    for text in sorted(texts)
                )
            case FlagMatch():
                return self.any_term("marks", clause.marks)
            case NoneOf():
                return self._all(AllOf((clause,)))
            case AllOf():
                return self._all(clause)
            case AnyOf():
                parts = list(map(self.expression, clause.clauses))
                return None if None in parts else self.any_of(map(str, parts))
        return None

    def _all(self, clause: AllOf) -> str | None:
        wanted: list[str] = []
        unwanted: list[str] = []
        for part in clause.clauses:
            is_not = isinstance(part, NoneOf)
            expression = self.expression(
                part.clause if isinstance(part, NoneOf) else part
            )
            if expression is None:
                return None
            (unwanted if is_not else wanted).append(expression)
        found = self.all_of(wanted)
        for expression in unwanted:
            found = self.without(found, expression)
        return found

    def _word(self, word: TermMatch) -> str:
        variants = (("stems", word.stems), ("folded", word.folded))
        ways = [self.any_term(field, texts) for field, texts in variants if texts]
        ways += [self.prefix("exact", text) for text in sorted(word.relatives)]
        if word.parts:
            ways.append(self.all_of(map(self._word, word.parts)))
        return self.any_of(ways)


class FTS5(TextIndex):
    """SQLite's FTS5: a field is a column, and every term is quoted."""

    and_operator, or_operator, not_operator = " AND ", " OR ", " NOT "
    # Every entry has a filter term for its language.
    everything = 'marks : "l:" *'
    nothing = 'marks : "-"'

    def any_term(self, field: str, texts: Iterable[str]) -> str:
        either = self.or_operator.join(map(self._quoted, sorted(texts)))
        if not either:
            return self.nothing
        return f"{field} : ({either})" if field else either

    def prefix(self, field: str, text: str) -> str:
        return (f"{field} : " if field else "") + f"{self._quoted(text)} *"

    def phrase(self, clause: PhraseMatch) -> str:
        return self.any_term(clause.variant, map(" ".join, clause.sequences))

    def _quoted(self, text: str) -> str:
        return '"' + text.replace('"', '""') + '"'


class TSQuery(TextIndex):
    """PostgreSQL's ``tsquery``: a field is a prefix of its lexemes.

    Variants have the prefixes ``e:``, ``s:`` and ``f:``. Filter terms have none: they
    cannot be confused with a variant's lexemes.
    """

    and_operator, or_operator, not_operator = " & ", " | ", " & !"
    everything = "'l:':*"
    nothing = "'-'"

    def any_term(self, field: str, texts: Iterable[str]) -> str:
        either = self.or_operator.join(self.lexeme(field, one) for one in sorted(texts))
        return either or self.nothing

    def prefix(self, field: str, text: str) -> str:
        return f"{self.lexeme(field, text)}:*"

    def lexeme(self, field: str, text: str) -> str:
        """Return the quoted lexeme of a term."""
        lexeme = text if field in ("", "marks") else f"{field[0]}:{text}"
        return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
