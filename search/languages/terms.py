"""Terms of a text, and the variants under which a term can be found."""

from typing import NamedTuple

VARIANT_WEIGHTS: dict[str, float] = {
    "exact": 0.05,
    "stems": 1.0,
    "prefix": 1.0,
    "folded": 0.25,
}
"""The weight of a match in each variant, the same in every engine."""


class Variants(NamedTuple):
    """The four variants of one word, independent of its position."""

    exact: str
    """The word in its normalised spelling: lower case, one alphabet."""
    stems: tuple[str, ...]
    """One stem, or two if the grammar cannot decide; a query may have further ones."""
    prefix: str
    """The start of the word, which derivations share: мемлекет, мемлекеттік."""
    folded: str
    """The stem's key, the same in every script and on every keyboard."""


class AnalysedTerm(NamedTuple):
    """One word of a text. `text[term.start:term.end] == term.surface`, always.

    The whole of a compound (`тау-тас`) and its first part share a position. The other
    parts take the following positions, so that a phrase search finds them adjacent.
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
    term: AnalysedTerm


class QueryWord(NamedTuple):
    """One word of a query, whose language may not be known.

    A document matches the word if it matches any alternative in that alternative's
    language, or all of `parts` next to each other (empty unless it is a compound).
    """

    surface: str
    start: int
    end: int
    position: int
    alternatives: tuple[Alternative, ...]
    parts: tuple["QueryWord", ...]
