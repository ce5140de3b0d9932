"""The immutable tree that a query is read into.

``&``, ``|`` and ``~`` combine nodes; a conjunction of conjunctions is one
conjunction, and what is negated twice is not negated.

>>> Word("қала") & ~(Phrase("тұрақты даму") | Prefix("ауыл"))
Word('қала') & ~(Phrase('тұрақты даму') | Prefix('ауыл'))
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


class Node:
    """Anything in a query tree. Compare and hash nodes as values."""

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
    """Words side by side, in the forms they are written in."""

    text: str

    def __repr__(self) -> str:
        return f"Phrase({self.text!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Prefix(Node):
    """Words that begin like this; the star is not part of the text."""

    text: str

    def __repr__(self) -> str:
        return f"Prefix({self.text!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Field(Node):
    """A facet and the value it must have; the name is the canonical English one."""

    name: str
    value: str

    def __repr__(self) -> str:
        return f"Field({self.name!r}, {self.value!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Dates(Node):
    """Days of publication, from ``start`` on and before ``end``; None is no bound."""

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
    """Everything but ``node``."""

    node: Node

    def __invert__(self) -> Node:
        return self.node

    def __repr__(self) -> str:
        inner = repr(self.node)
        return f"~({inner})" if isinstance(self.node, (And, Or)) else f"~{inner}"


def positive_leaves(node: Node | None) -> Iterator[Node]:
    """Words, phrases, prefixes, fields and dates that no ``Not`` stands over."""
    if isinstance(node, (And, Or)):
        for part in node.nodes:
            yield from positive_leaves(part)
    elif node is not None and not isinstance(node, Not):
        yield node


def _parts(kind: type[And] | type[Or], node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, kind) else (node,)
