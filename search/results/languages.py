"""The languages that a query is searched in."""

from collections.abc import Iterable

from search.query import And, Field, Node, Query, positive_leaves
from search.site_languages import site_languages


def searched_languages(query: Query, locales: Iterable[str]) -> tuple[str, ...]:
    """Return the languages that filters of *query* name, else *locales*.

    Beside alternatives (`language:ru OR форум`) they are added to *locales*.
    """
    nodes = query.tree.nodes if isinstance(query.tree, And) else (query.tree,)
    if required := _named(nodes):
        return required
    named = _named(positive_leaves(query.tree))
    return tuple(dict.fromkeys((*locales, *named)))


def _named(nodes: Iterable[Node | None]) -> tuple[str, ...]:
    """Return the languages of the site that filters among *nodes* name."""
    values = {
        node.value
        for node in nodes
        if isinstance(node, Field) and node.name == "language"
    }
    return tuple(code for code in site_languages() if code in values)
