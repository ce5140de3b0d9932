"""The languages that a query is searched in."""

from collections.abc import Iterable

from search.languages.orthographies import orthographies
from search.query import And, Field, Node, Query, positive_leaves
from search.site_languages import site_languages


def searched_languages(query: Query, locales: Iterable[str]) -> tuple[str, ...]:
    """Return the languages that filters of *query* name, else *locales*.

    A filter by script names the languages that have several. Beside alternatives
    (`language:ru OR форум`) the languages are added to *locales*.
    """
    nodes = query.tree.nodes if isinstance(query.tree, And) else (query.tree,)
    if required := _named(nodes):
        return required
    named = _named(positive_leaves(query.tree))
    return tuple(dict.fromkeys((*locales, *named)))


def _named(nodes: Iterable[Node | None]) -> tuple[str, ...]:
    """Return the languages of the site that filters among *nodes* name."""
    fields = [node for node in nodes if isinstance(node, Field)]
    named = {field.value for field in fields if field.name == "language"}
    if any(field.name == "script" for field in fields):
        named |= {code for code in site_languages() if orthographies(code)}
    return tuple(code for code in site_languages() if code in named)
