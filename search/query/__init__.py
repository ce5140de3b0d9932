"""The query language: a typed text as an immutable query tree.

===================  =========================================================
``қала ауыл``        both words, in any of their forms
``"тұрақты даму"``   the exact phrase; also a single word in quotes
``қала OR ауыл``     either; binds tighter: ``a OR b c`` is ``(a OR b) c``
``қала -ауыл``       without; also ``NOT``, and before phrases, filters, brackets
``қала*``            words that start with this
``(қала OR ауыл)``   a group
``place:Алматы``     a filter, also ``place:"Нью-Йорк"``; see ``search.query.fields``
===================  =========================================================

Operators and filters have names in each interface language; operators are in upper
case. No input is an error: an operator that makes no sense is searched as a word, and
``Query.notes`` reports that.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search.query.notes import (
    MAX_CLAUSES,
    MAX_DEPTH,
    MAX_LENGTH,
    MIN_PREFIX,
    Note,
    NoteCode,
)
from search.query.parser import MAX_TEXT, read
from search.query.text import written
from search.query.tree import (
    And,
    Dates,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
    positive_leaves,
)

__all__ = [
    "MAX_CLAUSES",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "MAX_TEXT",
    "MIN_PREFIX",
    "And",
    "Dates",
    "Field",
    "Node",
    "Not",
    "Note",
    "NoteCode",
    "Or",
    "Phrase",
    "Prefix",
    "Query",
    "Word",
    "describe",
    "parse",
    "positive_leaves",
]


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    ``was_cut`` says that a part of the text exceeded a limit and was left out. A query
    is true if it contains a node that is not negated.
    """

    tree: Node | None = None
    was_cut: bool = False
    notes: tuple[Note, ...] = ()

    def __bool__(self) -> bool:
        return any(True for _leaf in positive_leaves(self.tree))

    def __str__(self) -> str:
        """Return the query as text that parses to the same tree."""
        return written(self.tree, language="en")

    @property
    def words(self) -> Iterator[Word | Phrase | Prefix]:
        """The words, phrases and prefixes that are not negated, in order."""
        for leaf in positive_leaves(self.tree):
            if isinstance(leaf, (Word, Phrase, Prefix)):
                yield leaf


def parse(text: str) -> Query:
    """Parse a typed *text*. No text raises an error."""
    tree, was_cut, notes = read(text)
    return Query(tree, was_cut, notes)


def describe(query: Query) -> str:
    """Return *query* as text, with operators in the active interface language.

    The text parses to the same tree, like ``str(query)``.
    """
    return written(query.tree)
