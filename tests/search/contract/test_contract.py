"""The contract of all engines: the same hits, order and counts.

Each engine is compared with the oracle, so that they are all alike. The database's
engine is that of the database that the tests run on: see the Makefile.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from search.engines import Answer, Engine, Request, aggregations
from search.engines.choice import EngineUsed
from search.index.facet_values import value_ids_of
from search.index.filter_terms import locale_mark, value_mark
from search.plan.clauses import FlagMatch
from search.results import search as results
from tests.search.contract.questions import questions

# All in the worker that has the node: the archive is filled once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("elasticsearch")]

LANGUAGES = ("kk", "ru", "en")
DRAWN, SHORT_DRAWN = 300, 100

how_many = pytest.mark.long(drawn=([SHORT_DRAWN], [DRAWN]))


def ask_and_compare(
    engine: Engine, oracle: Engine, seen: Counter
) -> Callable[[Request], tuple[Answer, EngineUsed]]:
    """Return a replacement of ``ask`` that sends every request to both engines."""

    def ask(request: Request) -> tuple[Answer, EngineUsed]:
        expected = oracle.search(request)
        assert engine.search(request) == expected, request
        if seen["requests"] % 10 == 0:
            assert list(engine.every(request)) == list(oracle.every(request)), request
        seen["requests"] += 1
        seen["hits"] += bool(expected.total)
        seen["many"] += expected.total > 20
        seen["loose"] += bool(request.at_least)
        return expected, EngineUsed(engine.name)

    return ask


def check(
    engine: Engine, oracle: Engine, drawn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: Counter = Counter()
    monkeypatch.setattr(results, "ask", ask_and_compare(engine, oracle, seen))
    for search in questions(LANGUAGES, drawn):
        results.find(search)
    # The questions are worth asking: most find something, and some find much.
    assert seen["requests"] > drawn
    assert seen["hits"] > seen["requests"] / 2
    assert seen["many"] > drawn / 6
    assert seen["loose"] > drawn / 15


@how_many
def test_the_database_engine_keeps_the_contract(archive, database, drawn, monkeypatch):
    check(database, archive, drawn, monkeypatch)


@how_many
def test_elasticsearch_keeps_the_contract(
    archive, elasticsearch_engine, drawn, monkeypatch
):
    check(elasticsearch_engine, archive, drawn, monkeypatch)


@pytest.mark.parametrize("most", [2, 2_000])
def test_groups_are_counted_alike_however_many_are_found_twice(
    archive, elasticsearch_engine, monkeypatch, most
):
    """Everything is asked for in all languages: hundreds of articles in three."""
    monkeypatch.setattr(aggregations, "MAX_REPEATED", most)
    marks = [locale_mark(locale) for locale in LANGUAGES]
    facets = ("language", "year", "section", "place", "person")
    everything = Request(FlagMatch(frozenset(marks)), collapse=True, facets=facets)
    of_one = value_ids_of("language", ["kk"])
    selected = {"language": frozenset(map(value_mark, of_one))}
    for request in (everything, replace(everything, selected=selected)):
        expected = archive.search(request)
        assert expected.total > 500
        assert elasticsearch_engine.search(request) == expected
