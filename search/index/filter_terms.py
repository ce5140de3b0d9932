"""Filter terms: what else an entry can be looked up by, besides the words of its text.

A filter term is a short token in the column ``marks``. Engines index filter terms like
words. Prefixes are ``s:`` for stems and ``f:`` for folded keys that occur in the title
(``t``) or the head (``h``), ``l:`` for the language and ``v:`` for the facet values.
"""

from collections.abc import Iterable


def title_marks(stems: Iterable[str], folded: Iterable[str]) -> set[str]:
    """Return the filter terms for words in a title."""
    return {f"ts:{stem}" for stem in stems} | {f"tf:{key}" for key in folded}


def head_marks(stems: Iterable[str], folded: Iterable[str]) -> set[str]:
    """Return the filter terms for words in a title, a lead or a name."""
    return {f"hs:{stem}" for stem in stems} | {f"hf:{key}" for key in folded}


def locale_mark(locale: str) -> str:
    """Return the filter term for entries in *locale*."""
    return f"l:{locale}"


def value_mark(value_id: int) -> str:
    """Return the filter term for entries with this facet value."""
    return f"v:{value_id}"
