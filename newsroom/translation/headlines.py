"""Headlines as the desk searches them: in any script, in any form of a word."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import BooleanField, F, Func, Q

from search.engines import postgresql, sqlite
from search.languages import QueryWord, analyse, analyse_query, word_keys

# Migration 0010 makes the indexes, of originals and of nothing else.
SQLITE_FOUND = (
    "SELECT rowid FROM newsroom_translation_headlines"
    " WHERE newsroom_translation_headlines MATCH %s"
)
POSTGRESQL_FOUND = (
    "SELECT id FROM newsroom_translation_versionstate WHERE state = 'original'"
    " AND array_to_tsvector(string_to_array(btrim(headline_terms), ' ')) @@ %s::tsquery"
)
# Letters of a term that are compared: PostgreSQL takes 2,046 bytes.
LONGEST_TERM = 500


def headline_terms(titles: Iterable[tuple[str, str]]) -> str:
    """Return what the words of *titles*, pairs of language and text, are found by:
    folded stems, and the words' own keys for those who have typed a part of one."""
    terms: set[str] = set()
    for code, text in titles:
        terms.update(term.folded for term in analyse(text, code))
        terms.update(word_keys(text, code))
    return f" {' '.join(sorted(filter(None, terms)))} "


def matching(text: str) -> Q:
    """The condition on rows of originals that every word of *text* stands in the
    headline, read in each of the site's languages; a word may be unfinished."""
    codes = [code for code, _ in settings.LANGUAGES]
    words = [_readings(word, codes) for word in analyse_query(text, codes)]
    wanted = [readings for readings in words if readings]
    return Q(HeadlineHas(wanted)) if wanted else Q()


class Reading(NamedTuple):
    term: str
    is_beginning: bool


def _readings(word: QueryWord, codes: list[str]) -> list[Reading]:
    """What *word* may stand in the index as, each way once."""
    stems = [alternative.term.folded for alternative in word.alternatives]
    keys = ["".join(word_keys(word.surface, code)) for code in codes]
    ways = [Reading(stem, False) for stem in stems] + [
        Reading(key, True) for key in keys
    ]
    return list(dict.fromkeys(way for way in ways if way.term))


class HeadlineHas(Func):
    """Whether the headline of an original has every one of *words*, in one reading or
    another."""

    def __init__(self, words: list[list[Reading]]) -> None:
        super().__init__(F("pk"), output_field=BooleanField())
        self.words = words

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        number, parameters = compiler.compile(self.source_expressions[0])
        query = self._query(_fts5, either=" OR ", both=" AND ")
        return f"{number} IN ({SQLITE_FOUND})", [*parameters, query]

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        # How many rows have a word the planner can only guess. A truth value is no
        # join: the index is asked once, and what it finds is a table of hashes.
        number, parameters = compiler.compile(self.source_expressions[0])
        query = self._query(_tsquery, either=" | ", both=" & ")
        return f"({number} IN ({POSTGRESQL_FOUND})) IS TRUE", [*parameters, query]

    def _query(self, written: Callable[[Reading], str], either: str, both: str) -> str:
        return both.join(
            f"({either.join(map(written, readings))})" for readings in self.words
        )


def _fts5(reading: Reading) -> str:
    quoted = sqlite.quoted(reading.term[:LONGEST_TERM])
    return f"{quoted} *" if reading.is_beginning else quoted


def _tsquery(reading: Reading) -> str:
    quoted = postgresql.quoted(reading.term[:LONGEST_TERM])
    return f"{quoted}:*" if reading.is_beginning else quoted
