"""Writing a query tree as text that parses to the same tree."""

from datetime import date

from django.utils.translation import get_language

from search.languages.query_words import operator_names, words_of
from search.query.fields import names_of
from search.query.notes import MAX_DEPTH
from search.query.tree import And, Dates, Field, Node, Not, Or, Phrase, Prefix, Word

DEFAULT_LANGUAGE = "en"  # for interface languages without names in the query language


def written(tree: Node | None, language: str | None = None) -> str:
    """Return *tree* as text with operators in an interface language.

    The language is the active one by default. A tree made by ``search.query.parse`` is
    parsed to the same tree again.
    """
    if tree is None:
        return ""
    language = (language or get_language() or DEFAULT_LANGUAGE).partition("-")[0]
    if words_of(language) is None:
        language = DEFAULT_LANGUAGE
    return _Writing(language).text(tree, 0)


class _Writing:
    def __init__(self, language: str) -> None:
        self.language = language

    def text(self, node: Node, depth: int) -> str:
        """Return *node* as text inside *depth* brackets."""
        match node:
            case And():
                return " ".join(self._in_and(part, depth) for part in node.nodes)
            case Or():
                names = operator_names("or")
                operator = f" {names.get(self.language, names[DEFAULT_LANGUAGE])} "
                return operator.join(
                    self._bracketed(part, depth)
                    if isinstance(part, And)
                    else self.text(part, depth)
                    for part in node.nodes
                )
            case Not():
                if isinstance(node.node, (And, Or)):
                    return f"-{self._bracketed(node.node, depth)}"
                return f"-{self.text(node.node, depth)}"
            case Field():
                return f'{self._name(node.name)}:"{node.value}"'
            case Dates():
                return self._dates(node)
            case Phrase():
                return f'"{node.text}"'
            case Prefix():
                return f"{node.text}*"
            case Word():
                return node.text
        raise TypeError(f"{node!r} is no node of a query")

    def _in_and(self, node: Node, depth: int) -> str:
        """Return a part of a conjunction as text.

        Alternatives need no brackets among other words but are clearer with them. They
        get brackets unless that exceeds the nesting limit.
        """
        if isinstance(node, Or) and depth + 1 + _levels(node) <= MAX_DEPTH:
            return self._bracketed(node, depth)
        return self.text(node, depth)

    def _bracketed(self, node: Node, depth: int) -> str:
        return f"({self.text(node, depth + 1)})"

    def _name(self, field: str) -> str:
        names = names_of(field).get(self.language)
        return names[0] if names else field

    def _dates(self, node: Dates) -> str:
        start, end = node.start, node.end
        if start and end and _is_new_year(start) and _is_new_year(end) and start < end:
            last = end.year - 1
            years = f"{start.year}" if start.year == last else f"{start.year}-{last}"
            return f"{self._name('year')}:{years}"
        bounds = [("after", start), ("before", end)]
        text = " ".join(
            f"{self._name(name)}:{_day(day)}" for name, day in bounds if day
        )
        return f"({text})" if start and end else text


def _levels(node: Node) -> int:
    """Return the number of nested brackets that *node* needs at least."""
    if isinstance(node, Not):
        return _levels(node.node) + isinstance(node.node, (And, Or))
    if isinstance(node, And):
        return max(map(_levels, node.nodes))
    if isinstance(node, Or):
        return max(_levels(part) + isinstance(part, And) for part in node.nodes)
    return 0


def _is_new_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _day(day: date) -> str:
    """Return the shortest notation of a period that starts with *day*."""
    if _is_new_year(day):
        return day.isoformat()[:4]
    return day.isoformat()[:7] if day.day == 1 else day.isoformat()
