"""From what a reader typed to the terms that an engine looks up.

A query is analysed once for every language that is searched: «қалалардың» is a form
of «қала» in Kazakh and no known word in Russian, and matches as either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from search.languages import QueryWord, Term, analyse, analyse_query
from search.query import Part, Query


@dataclass(frozen=True, slots=True)
class Wanted:
    """What satisfies one part of a query: any of the single terms, any of the
    phrases (exact terms side by side), or all of ``parts`` (those of a compound)."""

    exact: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()
    parts: tuple["Wanted", ...] = ()

    def matches(self, term: Term) -> bool:
        """Whether a term of a text satisfies this (a word of it, where it has many)."""
        return (
            term.exact in self.exact
            or not self.stems.isdisjoint(term.stems)
            or term.folded in self.folded
            or any(term.exact in phrase for phrase in self.phrases)
            or any(part.matches(term) for part in self.parts)
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """``all_of`` must match, each of them (or, where ``any_is_enough``, one);
    ``none_of`` must not."""

    all_of: tuple[Wanted, ...]
    none_of: tuple[Wanted, ...] = field(default=())
    any_is_enough: bool = False

    def __bool__(self) -> bool:
        return bool(self.all_of)

    def loosened(self) -> "Meaning":
        """The same with one matching part enough."""
        return Meaning(self.all_of, self.none_of, any_is_enough=True)


def understand(query: Query, locales: Iterable[str]) -> Meaning:
    """Return the terms of *query* in all of *locales*."""
    locales = list(locales)
    all_of: list[Wanted] = []
    none_of: list[Wanted] = []
    for part in query.parts:
        (none_of if part.is_excluded else all_of).extend(_wanted(part, locales))
    return Meaning(tuple(all_of), tuple(none_of))


def _wanted(part: Part, locales: list[str]) -> list[Wanted]:
    words = analyse_query(part.text, locales) if locales else []
    if part.is_phrase and len(words) > 1:
        phrases = (
            tuple(term.exact for term in analyse(part.text, locale))
            for locale in locales
        )
        return [Wanted(phrases=frozenset(phrases))]
    return [_word(word) for word in words]


def _word(word: QueryWord) -> Wanted:
    terms = [alternative.term for alternative in word.alternatives]
    return Wanted(
        exact=frozenset(term.exact for term in terms),
        stems=frozenset(stem for term in terms for stem in term.stems),
        folded=frozenset(term.folded for term in terms),
        parts=tuple(_word(part) for part in word.parts),
    )
