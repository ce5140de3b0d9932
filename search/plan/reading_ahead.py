"""Rows that the plans of several searches need, read together from the database."""

from collections.abc import Iterable, Sequence

from search.index import named_values, synonyms
from search.query import Query
from search.query.tree import fields_of, word_runs
from search.site_languages import site_languages


def languages_of_names(locales: Iterable[str]) -> tuple[str, ...]:
    """Return the languages in which the values of filters are read.

    All searches have them in the same order, so that suggestions in other languages
    need no other rows.
    """
    return tuple(dict.fromkeys((*site_languages(), *locales)))


def read_ahead(searches: Iterable[tuple[Query, Sequence[str], bool]]) -> None:
    """Read with two queries what the plans of *searches* need.

    A search is (query, locales, whether only what was typed is searched). Useful only
    while rows are kept (:mod:`search.kept_rows`).
    """
    searches = list(searches)
    named_values.read_ahead(
        (field.name, field.value, languages_of_names(locales))
        for query, locales, _as_typed in searches
        for field in fields_of(query.tree)
        if field.name != "language"
    )
    synonyms.read_ahead(
        (run, locales)
        for query, locales, as_typed in searches
        if not as_typed
        for run in word_runs(query.tree)
    )
