"""Number of required words if too few articles have all of them."""

import pytest

from search import weights
from search.engines import Answer
from search.engines.choice import EngineUsed
from search.plan.clauses import DateRange, FlagMatch, NoneOf
from search.results.search import Search, find
from tests.search.records import put, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(monkeypatch):
    """Replace the engine by totals by the number of words that must match.

    Returns (totals, requests). The totals without a number are those of all words.
    """
    totals: dict[int, int] = {}
    requests = []

    def ask(request):
        requests.append(request)
        return Answer(totals.get(request.at_least, 0), ()), EngineUsed("fake")

    monkeypatch.setattr("search.results.search.ask", ask)
    return totals, requests


def asked(requests) -> list[tuple[int, int]]:
    """Return (words that must match, words) of the requests after the first."""
    return [(request.at_least, len(request.loose)) for request in requests[1:]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("бірінші", [(1, 1)]),
        ("бірінші екінші", [(1, 2)]),
        ("бірінші екінші үшінші", [(1, 3)]),
        # Four words or more are a question: one of them is enough.
        ("бірінші екінші үшінші төртінші", [(1, 4)]),
        ("бірінші екінші үшінші төртінші бесінші", [(1, 5)]),
    ],
)
def test_a_loosened_query_requires_one_word_in_a_single_request(engine, text, expected):
    _totals, requests = engine
    find(Search(text, ("kk",)))
    assert asked(requests) == expected


def test_half_of_the_words_must_match_and_one_if_that_is_not_a_page_full(
    engine, monkeypatch
):
    totals, requests = engine
    monkeypatch.setattr(weights, "QUESTION_WORDS", 5)
    search = Search("бірінші екінші үшінші төртінші", ("kk",))
    totals |= {2: weights.ENOUGH_HITS - 1, 1: 500}
    assert find(search).total == 500
    assert asked(requests) == [(2, 4), (1, 4)]
    requests.clear()
    totals[2] = weights.ENOUGH_HITS
    assert find(search).total == weights.ENOUGH_HITS
    assert asked(requests) == [(2, 4)]


def test_a_question_is_not_asked_for_half_of_its_words(engine):
    totals, requests = engine
    totals |= {2: 50, 1: 60}
    found = find(Search("бірінші екінші үшінші төртінші", ("kk",)))
    assert found.total == 60
    assert asked(requests) == [(1, 4)]


@pytest.mark.parametrize("total", [0, 1, 2])
def test_a_loosened_search_that_finds_no_more_is_not_shown(engine, total):
    totals, requests = engine
    totals |= {0: total, 1: total}
    found = find(Search("бірінші екінші", ("kk",)))
    assert (found.total, found.is_loose) == (total, False)
    assert len(requests) == 2
    totals[1] = total + 1
    found = find(Search("бірінші екінші", ("kk",)))
    assert (found.total, found.is_loose) == (total + 1, True)


def test_enough_articles_with_all_words_are_not_loosened(engine):
    totals, requests = engine
    totals |= {0: weights.FEW_HITS, 1: 50}
    found = find(Search("бірінші екінші", ("kk",)))
    assert (found.total, found.is_loose) == (weights.FEW_HITS, False)
    assert len(requests) == 1


def test_common_words_do_not_count_unless_all_words_are_common(engine, monkeypatch):
    _totals, requests = engine
    monkeypatch.setattr(weights, "CANDIDATES", 2)
    put(
        *(record(f"n{n}", "Форум қала") for n in range(4)),
        *(record(f"m{n}", "Хабар") for n in range(4)),
        record("rare", "Полигон"),
    )
    for text, words in (
        ("форум полигон", 1),
        ("форум қала полигон", 1),
        ("полигон динозавр форум", 2),
        ("форум қала", 2),
    ):
        requests.clear()
        find(Search(text, ("kk",)))
        assert asked(requests) == [(1, words)]


def test_filters_and_exclusions_must_match_as_well(engine):
    _totals, requests = engine
    find(Search("бірінші екінші year:2020 -үшінші", ("kk",)))
    strict, loose = requests
    assert len(loose.loose) == 2
    kinds = [DateRange, NoneOf, FlagMatch]  # FlagMatch is the language
    assert [type(clause) for clause in loose.clause.clauses] == kinds
    assert set(loose.clause.clauses) < set(strict.clause.clauses)


def test_articles_with_more_of_the_words_come_first_in_a_loosened_search(engine):
    """The engine's approximate order counts each word that an article has."""
    _totals, requests = engine
    find(Search("бірінші екінші", ("kk",)))
    strict, loose = requests
    words = set(loose.loose)
    assert len(words) == 2
    assert words <= {boost.clause for boost in loose.boosts}
    assert all(isinstance(boost.clause, FlagMatch) for boost in strict.boosts)
