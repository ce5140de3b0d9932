"""Conversion of an editor's query to the query language of the database.

A Wagtail query (text, phrase, and, or, not) becomes one string for SQLite's ``MATCH``
or PostgreSQL's ``to_tsquery``.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from wagtail.search.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText

from search.languages import QueryWord, analyse_query

from .tokens import EVERY, form_tokens, key_tokens, phrase_tokens

LONGEST_QUERY = 255
"""Maximum characters of a query, the same as in Wagtail."""


class Expressions(ABC):
    """Base class of writers of search expressions.

    *languages* are those in which a query is analysed. With *beginnings*, words match
    by prefix as well, for a query that is still being typed.
    """

    conjunction: str
    disjunction: str

    def __init__(self, languages: Sequence[str], *, beginnings: bool) -> None:
        self.languages = tuple(languages)
        self.beginnings = beginnings

    def of(self, query: object) -> str | None:
        """Return the expression of a Wagtail query, or None if it contains no word."""
        match query:
            case MatchAll():
                return self.word(EVERY)
            case PlainText():
                return self._text(query.query_string, query.operator)
            case Phrase():
                return self._phrases(query.query_string)
            case Boost():
                # The boost is ignored: the whole query has a single rank.
                return self.of(query.subquery)
            case Not():
                inner = self.of(query.subquery)
                return self.without(inner) if inner else self.word(EVERY)
            case And():
                return self._join(self.conjunction, map(self.of, query.subqueries))
            case Or():
                return self._join(self.disjunction, map(self.of, query.subqueries))
        message = f"The admin's search does not know {type(query).__name__} queries."
        raise NotImplementedError(message)

    def _text(self, text: str, operator: str) -> str | None:
        words = analyse_query(text[:LONGEST_QUERY], self.languages)
        joined = self.disjunction if operator == "or" else self.conjunction
        return self._join(joined, map(self._word, words))

    def _word(self, word: QueryWord) -> str | None:
        """Return an expression for any form of the word, a prefix, or all its parts."""
        ways: list[str | None] = [self.word(token) for token in form_tokens(word)]
        if self.beginnings:
            keys = key_tokens(word.surface, self.languages)
            ways += [self.beginning(key) for key in keys]
        ways.append(self._join(self.conjunction, map(self._word, word.parts)))
        return self._join(self.disjunction, ways)

    def _phrases(self, text: str) -> str | None:
        phrases = phrase_tokens(text[:LONGEST_QUERY], self.languages)
        return self._join(self.disjunction, map(self.phrase, phrases))

    @staticmethod
    def _join(operator: str, parts: Iterable[str | None]) -> str | None:
        known = [part for part in parts if part]
        return f"({operator.join(known)})" if known else None

    @abstractmethod
    def word(self, token: str) -> str:
        """Return an expression for texts that contain the token."""

    @abstractmethod
    def beginning(self, token: str) -> str:
        """Return an expression for texts with a token that has this prefix."""

    @abstractmethod
    def phrase(self, tokens: Sequence[str]) -> str:
        """Return an expression for texts that contain the adjacent tokens, in order."""

    @abstractmethod
    def without(self, expression: str) -> str:
        """Return an expression for texts that the given expression does not match."""
