"""What a reader typed, as an immutable query tree.

===================  =========================================================
``қала ауыл``        both words, in any of their forms
``"тұрақты даму"``   a phrase as it is written; so is a single word in quotes
``қала OR ауыл``     either; binds tighter: ``a OR b c`` is ``(a OR b) c``
``қала -ауыл``       without; ``NOT`` too, and before phrases, filters, brackets
``қала*``            words that begin like this
``(қала OR ауыл)``   a group
``place:Алматы``     a filter, ``place:"Нью-Йорк"``; ``search.query.fields`` has them
===================  =========================================================

Operators and filters have names in each interface language; operators are in upper
case. Nothing that a reader can type is an error: what has no meaning as an operator is
searched as words, and ``Query.notes`` says so.
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
]


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood of a text.

    ``was_cut`` says that some of it passed a limit and was left out. A query is true
    if something in it can be found, and not only excluded.
    """

    tree: Node | None = None
    was_cut: bool = False
    notes: tuple[Note, ...] = ()

    def __bool__(self) -> bool:
        return any(True for _leaf in positive_leaves(self.tree))

    def __str__(self) -> str:
        """How the text was read: parses to the same tree."""
        return written(self.tree, language="en")

    @property
    def words(self) -> Iterator[Word | Phrase | Prefix]:
        """The words, phrases and prefixes that are asked for, in their order."""
        for leaf in positive_leaves(self.tree):
            if isinstance(leaf, (Word, Phrase, Prefix)):
                yield leaf


def parse(text: str) -> Query:
    """Read what a reader typed. Never fails, whatever the text."""
    tree, was_cut, notes = read(text)
    return Query(tree, was_cut, notes)


def describe(query: Query) -> str:
    """How *query* was read, in the words of the active interface language.

    Parses to the same tree, like ``str(query)``.
    """
    return written(query.tree)
