"""The score of an entry for a query of several words, and the boosts for engines."""

from math import exp2

import pytest

from search import weights
from search.engines import Boost
from search.plan.clauses import FlagMatch, PhraseMatch, PrefixMatch
from search.ranking.ranker import _closest
from tests.search.scoring.terms import (
    BRIDGE,
    BUILDING,
    CITY,
    ENTRIES,
    STEMS,
    entry,
    leaf,
    match,
    near,
    plan,
    ranker,
    rarity,
    score,
)

DAY = 86_400
NOW = 20_000 * DAY


def test_the_score_lists_which_words_were_found():
    _score, found = ranker(BRIDGE, CITY, BUILDING).score(
        entry(title="құрылыс көпір"), 0
    )
    assert found == (True, False, True)


def test_a_word_is_found_however_little_it_scores():
    little, (is_found,) = ranker(CITY).score(entry(body="қала" + " су" * 400), 0)
    assert 0 < little < 1
    assert is_found


def test_a_word_counts_by_its_weight():
    half = score(leaf(BRIDGE, weight=0.5), title="көпір")
    assert half == near(score(BRIDGE, title="көпір") / 2)


@pytest.mark.parametrize("position", [0, 1])
def test_a_synonym_adds_nothing_to_the_words_that_it_replaces(position):
    others = [leaf(BRIDGE), leaf(BUILDING)]
    synonym = leaf(
        PhraseMatch("folded", frozenset([("өткел",)])),
        words=(match(stems="полигон"),),
        weight=weights.SYNONYM_WEIGHT,
        through="өткел",
        instead_of=(0, 1),
    )
    asked = ranker(*others, synonym)
    words = "көпір құрылыс"
    plain = score(ranker(*others), title=f"{words} су")
    assert score(asked, title=f"{words} өткел") == near(plain)
    alone = weights.SYNONYM_WEIGHT * score(
        leaf(synonym.clause, words=synonym.words), title="өткел су"
    )
    assert score(asked, title="өткел су") == near(alone)
    present = words.split()[position]
    one = score(ranker(others[position]), title=f"{present} өткел")
    assert score(asked, title=f"{present} өткел") == near(one + alone)


def test_words_together_score_up_to_the_weight_of_nearness_more():
    asked = ranker(BRIDGE, BUILDING)

    def gain(**columns):
        apart = score(ranker(BRIDGE), **columns) + score(ranker(BUILDING), **columns)
        return score(asked, **columns) / apart - 1

    weight = weights.NEARNESS_WEIGHT
    assert gain(body="су көпір құрылыс") == near(weight)
    assert gain(body="құрылыс көпір") == near(weight)
    assert gain(body="көпір су құрылыс") == near(weight * 2 / 3)
    assert gain(body="көпір су мол құрылыс") == near(weight * 2 / 4)
    assert gain(title="көпір", lead="құрылыс") == near(0)
    assert gain(body="көпір су мол құрылыс", lead="көпір құрылыс") == near(weight)
    assert gain(body="көпір су мол құрылыс су құрылыс көпір") == near(weight)
    assert gain(names="көпір құрылыс") == near(0)


def test_nearness_counts_the_words_that_are_missing():
    asked = ranker(BRIDGE, BUILDING, CITY)
    plain = sum(score(one, title="көпір құрылыс") for one in (BRIDGE, BUILDING))
    found = score(asked, title="көпір құрылыс") / plain - 1
    assert found == near(weights.NEARNESS_WEIGHT * 2 / 3)


def test_a_phrase_is_no_word_that_can_be_near():
    phrase = leaf(PhraseMatch("exact", frozenset([("көпір",)])), words=(BRIDGE,))
    apart = score(phrase, title="құрылыс көпір") + score(
        BUILDING, title="құрылыс көпір"
    )
    assert score(ranker(phrase, BUILDING), title="құрылыс көпір") == near(apart)


@pytest.mark.parametrize(
    ("column", "nearness"),
    [
        ("a", 0),
        ("a a", 0),
        ("a x x x x x b", 4 / 7),
        ("a x b", 4 / 3),
        ("a b", 2),
        ("b a", 2),
        ("a a b", 2),
        ("a b c", 3),
        ("c b a", 3),
        ("a c b x", 3),
        ("a x b x c", 9 / 5),
        ("a x b c", 9 / 4),  # better than b and c alone
        ("a x x x x b c", 2),  # b and c alone are better
        ("a x x b x a b", 2),
        ("A b", 2),  # two stems of one word
        ("a A", 0),
        ("a A b", 2),
        ("ab c", 0),
        ("", 0),
    ],
)
def test_the_nearest_words_are_the_most_in_the_least_space(column, nearness):
    places = {"a": 0, "A": 0, "b": 1, "c": 2}
    assert _closest(f" {column} ", places) == near(nearness)


# Age


def test_the_bonus_of_a_new_article_halves_with_each_half_life():
    asked = ranker(BRIDGE, now=NOW)
    plain = score(BRIDGE, title="көпір")
    half_life = weights.RECENCY_HALF_LIFE_DAYS
    for age, share in ((0, 1), (half_life, 1 / 2), (2 * half_life, 1 / 4)):
        found = score(asked, NOW - int(age * DAY), title="көпір")
        assert found == near(plain * (1 + weights.RECENCY_WEIGHT * share))
    a_day = score(asked, NOW - DAY, title="көпір")
    bonus = weights.RECENCY_WEIGHT * exp2(-1 / half_life)
    assert a_day == near(plain * (1 + bonus))


def test_an_article_dated_in_the_future_gets_no_more_than_one_of_today():
    asked = ranker(BRIDGE, now=NOW)
    today = score(asked, NOW, title="көпір")
    assert score(asked, NOW + 900 * DAY, title="көпір") == today


# The approximate order of engines


def test_engines_get_boosts_for_words_in_the_head_and_the_title():
    word = match("көпірден", "көпір", "kopir")
    asked = ranker(word, leaf(PrefixMatch(frozenset(["көп"]))), CITY)
    often, rare = round(4 * rarity(600)), round(4 * rarity(40))
    assert 1 <= often < rare

    def flags(*marks):
        return FlagMatch(frozenset(marks))

    of_marks = (
        Boost(flags("hs:көпір", "hf:kopir"), rare * weights.ROUGH_HEAD),
        Boost(flags("ts:көпір", "tf:kopir"), rare * weights.ROUGH_TITLE),
        Boost(flags("hs:қала"), often * weights.ROUGH_HEAD),
        Boost(flags("ts:қала"), often * weights.ROUGH_TITLE),
    )
    assert asked.boosts(everywhere=False) == of_marks
    boosts = asked.boosts(everywhere=True)
    assert all(type(boost.weight) is int for boost in boosts)
    assert boosts == (
        Boost(word, rare * weights.ROUGH_ANYWHERE),
        *of_marks[:2],
        Boost(CITY, often * weights.ROUGH_ANYWHERE),
        *of_marks[2:],
    )


def test_the_most_common_word_still_gets_a_boost(monkeypatch):
    monkeypatch.setitem(STEMS, "қала", ENTRIES)
    boosts = ranker(CITY).boosts(everywhere=True)
    assert [boost.weight for boost in boosts] == [
        weights.ROUGH_ANYWHERE,
        weights.ROUGH_HEAD,
        weights.ROUGH_TITLE,
    ]


def test_a_word_without_stems_and_keys_gets_no_boost_for_marks():
    word = match("көпір")
    assert [boost.clause for boost in ranker(word).boosts(everywhere=True)] == [word]


def test_a_ranker_of_loosened_words_keeps_the_statistics_and_the_time(monkeypatch):
    strict = ranker(BRIDGE, now=NOW)
    monkeypatch.delattr("search.ranking.ranker.statistics")
    loose = strict.loosened(plan(BRIDGE, BRIDGE))
    assert len(loose.leaves) == 2
    assert len(strict.leaves) == 1
    assert loose.now == NOW
    assert loose.word_rarity(BRIDGE) == strict.word_rarity(BRIDGE)
