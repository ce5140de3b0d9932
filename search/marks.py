"""Marks: what else an entry can be looked up by than the words of its text.

A mark is a short token in the column ``marks``. Engines index marks like words:
``s:`` stems and ``f:`` folded keys that stand in the title (``t``) or the head (``h``),
``l:`` the language and ``v:`` the facet values of the entry.
"""

from collections.abc import Iterable


def title_marks(stems: Iterable[str], folded: Iterable[str]) -> set[str]:
    """The marks of words that stand in a title."""
    return {f"ts:{stem}" for stem in stems} | {f"tf:{key}" for key in folded}


def head_marks(stems: Iterable[str], folded: Iterable[str]) -> set[str]:
    """The marks of words that stand in a title, a lead or a name."""
    return {f"hs:{stem}" for stem in stems} | {f"hf:{key}" for key in folded}


def locale_mark(locale: str) -> str:
    """The mark of an entry in *locale*."""
    return f"l:{locale}"


def value_mark(value_id: int) -> str:
    """The mark of an entry that has the facet value with this number."""
    return f"v:{value_id}"
