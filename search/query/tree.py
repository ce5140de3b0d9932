"""The immutable tree of a parsed query.

``&``, ``|`` and ``~`` combine nodes. Nested conjunctions are flattened, and a double
negation cancels out.

>>> Word("қала") & ~(Phrase("тұрақты даму") | Prefix("ауыл"))
Word('қала') & ~(Phrase('тұрақты даму') | Prefix('ауыл'))
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby


class Node:
    """Base class of the nodes of a query tree. Nodes compare and hash as values."""

    __slots__ = ()

    def __and__(self, other: "Node") -> "And":
        return And(_parts(And, self) + _parts(And, other))

    def __or__(self, other: "Node") -> "Or":
        return Or(_parts(Or, self) + _parts(Or, other))

    def __invert__(self) -> "Node":
        return Not(self)


@dataclass(frozen=True, slots=True, repr=False)
class Word(Node):
    """A word in any of its forms."""

    text: str

    def __repr__(self) -> str:
        return f"Word({self.text!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Phrase(Node):
    """Adjacent words, in the forms they are written in."""

    text: str

    def __repr__(self) -> str:
        return f"Phrase({self.text!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Prefix(Node):
    """Words that start with ``text``, which does not include the star."""

    text: str

    def __repr__(self) -> str:
        return f"Prefix({self.text!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Field(Node):
    """A facet and the value it must have; ``name`` is the canonical English name."""

    name: str
    value: str

    def __repr__(self) -> str:
        return f"Field({self.name!r}, {self.value!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Dates(Node):
    """Publication dates ``start <= day < end``; None means no bound."""

    start: date | None
    end: date | None

    def __repr__(self) -> str:
        return f"Dates({self.start!r}, {self.end!r})"


@dataclass(frozen=True, slots=True, repr=False)
class And(Node):
    """All of ``nodes``."""

    nodes: tuple[Node, ...]

    def __repr__(self) -> str:
        return " & ".join(
            f"({node!r})" if isinstance(node, Or) else repr(node) for node in self.nodes
        )


@dataclass(frozen=True, slots=True, repr=False)
class Or(Node):
    """Any of ``nodes``."""

    nodes: tuple[Node, ...]

    def __repr__(self) -> str:
        return " | ".join(map(repr, self.nodes))


@dataclass(frozen=True, slots=True, repr=False)
class Not(Node):
    """Everything except ``node``."""

    node: Node

    def __invert__(self) -> Node:
        return self.node

    def __repr__(self) -> str:
        inner = repr(self.node)
        return f"~({inner})" if isinstance(self.node, (And, Or)) else f"~{inner}"


def positive_leaves(node: Node | None) -> Iterator[Node]:
    """Yield the words, phrases, prefixes, fields and dates that are not negated."""
    if isinstance(node, (And, Or)):
        for part in node.nodes:
            yield from positive_leaves(part)
    elif node is not None and not isinstance(node, Not):
        yield node


def _parts(kind: type[And] | type[Or], node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, kind) else (node,)


def fields_of(node: Node | None) -> Iterator[Field]:
    """Yield the fields in *node*, also negated ones."""
    if isinstance(node, Field):
        yield node
    elif isinstance(node, Not):
        yield from fields_of(node.node)
    elif isinstance(node, (And, Or)):
        for part in node.nodes:
            yield from fields_of(part)


def word_runs(node: Node | None) -> Iterator[list[str]]:
    """Yield the texts of consecutive words in each part of *node*.

    Those of the value of a field, which may be unknown, come one by one.
    """
    if isinstance(node, Word):
        yield [node.text]
    elif isinstance(node, Field):
        yield from ([text] for text in node.value.split())
    elif isinstance(node, Not):
        yield from word_runs(node.node)
    elif isinstance(node, Or):
        for part in node.nodes:
            yield from word_runs(part)
    elif isinstance(node, And):
        for is_word, parts in groupby(node.nodes, lambda one: isinstance(one, Word)):
            if is_word:
                yield [part.text for part in parts if isinstance(part, Word)]
            else:
                for part in parts:
                    yield from word_runs(part)
