"""What text becomes: terms, and the forms under which a term can be found."""

from typing import NamedTuple

FIELD_WEIGHTS: dict[str, float] = {
    "exact": 0.05,
    "stems": 1.0,
    "prefix": 1.0,
    "folded": 0.25,
}
"""How much a match in each form counts, in every engine."""


class Forms(NamedTuple):
    """The four forms of one word, independent of where it stands."""

    exact: str
    """The word in its normal spelling: lower case, one alphabet."""
    stems: tuple[str, ...]
    """One stem, or two when the grammar cannot decide between them."""
    prefix: str
    """The beginning of the word, which derivations share: мемлекет, мемлекеттік."""
    folded: str
    """The stem's key, the same in every script and on every keyboard."""


class Term(NamedTuple):
    """One word of a text. `text[term.start:term.end] == term.surface`, always.

    The whole of a compound (`тау-тас`) and its first part share a position; the other
    parts take the positions after it, so that a phrase search sees neighbours.
    """

    surface: str
    start: int
    end: int
    position: int
    exact: str
    stems: tuple[str, ...]
    prefix: str
    folded: str


class Alternative(NamedTuple):
    """A query word read as a word of one language."""

    language: str
    term: Term


class QueryWord(NamedTuple):
    """One word that a reader typed, whose language may not be known.

    A document matches the word when it matches any alternative in that alternative's
    language, or all of `parts` next to each other (empty unless it is a compound).
    """

    surface: str
    start: int
    end: int
    position: int
    alternatives: tuple[Alternative, ...]
    parts: tuple["QueryWord", ...]
