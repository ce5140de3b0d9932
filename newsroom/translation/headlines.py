"""Headline search of the translation desk, in any script and any form of a word."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import BooleanField, F, Func, Q

from search.engines.text_index import FTS5, TextIndex, TSQuery
from search.languages import QueryWord, analyse, analyse_query, word_keys
from search.site_languages import site_languages

# Migration 0002_raw_indexes creates the indexes, for rows of originals only.
SQLITE_FOUND = (
    "SELECT rowid FROM newsroom_translation_headlines"
    " WHERE newsroom_translation_headlines MATCH %s"
)
POSTGRESQL_FOUND = (
    "SELECT id FROM newsroom_translation_translationstatus WHERE state = 'original'"
    " AND array_to_tsvector(string_to_array(btrim(headline_terms), ' ')) @@ %s::tsquery"
)
# Characters of a term that are compared; PostgreSQL accepts 2,046 bytes.
LONGEST_TERM = 500


def headline_terms(titles: Iterable[tuple[str, str]]) -> str:
    """Return the index terms of *titles*, which are pairs of language code and text.

    The terms are folded stems, and the keys of the words themselves for queries that
    are the beginning of a word.
    """
    terms: set[str] = set()
    for code, text in titles:
        terms.update(term.folded for term in analyse(text, code))
        terms.update(word_keys(text, code))
    return f" {' '.join(sorted(filter(None, terms)))} "


def matching(text: str) -> Q:
    """Return the condition that an original's headline contains every word of *text*.

    Each word is read in each of the site's languages and may be unfinished.
    """
    codes = site_languages()
    words = [_readings(word, codes) for word in analyse_query(text, codes)]
    wanted = [readings for readings in words if readings]
    return Q(HeadlineHas(wanted)) if wanted else Q()


class TermReading(NamedTuple):
    term: str
    is_beginning: bool


def _readings(word: QueryWord, codes: list[str]) -> list[TermReading]:
    """Return the index terms that *word* may match, without duplicates."""
    stems = [alternative.term.folded for alternative in word.alternatives]
    keys = ["".join(word_keys(word.surface, code)) for code in codes]
    ways = [TermReading(stem, False) for stem in stems] + [
        TermReading(key, True) for key in keys
    ]
    return list(dict.fromkeys(way for way in ways if way.term))


class HeadlineHas(Func):
    """Condition that an original's headline has all *words*, each in any reading."""

    def __init__(self, words: list[list[TermReading]]) -> None:
        super().__init__(F("pk"), output_field=BooleanField())
        self.words = words

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        pk, parameters = compiler.compile(self.source_expressions[0])
        query = self._expression(FTS5())
        return f"{pk} IN ({SQLITE_FOUND})", [*parameters, query]

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        # The planner can only guess how many rows contain a word. ``IS TRUE`` prevents
        # it from turning the subquery into a join: the index is queried once and its
        # result is hashed.
        pk, parameters = compiler.compile(self.source_expressions[0])
        query = self._expression(TSQuery())
        return f"({pk} IN ({POSTGRESQL_FOUND})) IS TRUE", [*parameters, query]

    def _expression(self, index: TextIndex) -> str:
        return index.all_of(
            index.any_of(_written(index, reading) for reading in readings)
            for readings in self.words
        )


def _written(index: TextIndex, reading: TermReading) -> str:
    term = reading.term[:LONGEST_TERM]
    return (
        index.prefix("", term) if reading.is_beginning else index.any_term("", [term])
    )
