"""Leaves of a query: what gives scores, and what is marked in texts."""

from collections.abc import Iterator
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass

from search.index.name_keys import name_keys
from search.languages import AnalysedTerm
from search.plan import clauses
from search.plan.clauses import Text


@dataclass(frozen=True, slots=True)
class ScoredTerm:
    """A part of the query that adds to an entry's score.

    ``words`` determine how rare it is. A leaf for a synonym has the synonym's text in
    ``through`` and its language in ``through_locale``, and ``instead_of`` lists the
    indexes of the leaves it stands for.
    """

    clause: Text
    words: tuple[clauses.TermMatch, ...] = ()
    weight: float = 1.0
    through: str = ""
    through_locale: str = ""
    instead_of: tuple[int, ...] = ()

    def places(self, terms: SequenceOf[AnalysedTerm]) -> list[int]:
        """Return the indexes of *terms* that match this leaf, or a part of it."""
        if isinstance(self.clause, clauses.PhraseMatch):
            return list(_sequences_in(terms, self.clause))
        if isinstance(self.clause, clauses.TermMatch):
            return _words_in(terms, list(_with_parts(self.clause)))
        exact, folded = tuple(self.clause.exact), tuple(self.clause.folded)
        return [
            place
            for place, term in enumerate(terms)
            if term.exact.startswith(exact) or term.folded.startswith(folded)
        ]

    def related(self, terms: SequenceOf[AnalysedTerm]) -> list[int]:
        """Return the indexes of *terms* that only share a beginning with this leaf."""
        if not isinstance(self.clause, clauses.TermMatch):
            return []
        words = list(_with_parts(self.clause))
        starts = tuple(frozenset().union(*(word.relatives for word in words)))
        places = {
            place for place, term in enumerate(terms) if term.exact.startswith(starts)
        }
        return sorted(places - set(self.places(terms)))

    def is_name(self, text: str) -> bool:
        """Return whether a word of the name *text* matches this leaf by its key."""
        if not isinstance(self.clause, clauses.TermMatch):
            return False
        keys = set(name_keys(text))
        return any(
            not keys.isdisjoint(word.folded) for word in _with_parts(self.clause)
        )


def _with_parts(word: clauses.TermMatch) -> Iterator[clauses.TermMatch]:
    yield word
    for part in word.parts:
        yield from _with_parts(part)


def _words_in(
    terms: SequenceOf[AnalysedTerm], words: list[clauses.TermMatch]
) -> list[int]:
    stems = frozenset().union(*(word.stems for word in words))
    folded = frozenset().union(*(word.folded for word in words))
    return [
        place
        for place, term in enumerate(terms)
        if term.folded in folded or not stems.isdisjoint(term.stems)
    ]


def _sequences_in(
    terms: SequenceOf[AnalysedTerm], clause: clauses.PhraseMatch
) -> Iterator[int]:
    variants = [
        term.exact if clause.variant == "exact" else term.folded for term in terms
    ]
    for words in clause.sequences:
        for start in range(len(variants) - len(words) + 1):
            if (
                variants[start] == words[0]
                and tuple(variants[start:][: len(words)]) == words
            ):
                yield from range(start, start + len(words))
