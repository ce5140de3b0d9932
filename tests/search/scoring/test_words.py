"""The score of a word, a phrase or a beginning in one entry."""

from math import log

import pytest

from search import weights
from search.plan.clauses import PhraseMatch, PrefixMatch
from search.ranking.ranker import _Text
from tests.search.scoring.terms import (
    BRIDGE,
    BUILDING,
    ENTRIES,
    LENGTHS,
    entry,
    in_field,
    leaf,
    match,
    near,
    ranker,
    rarity,
    saturated,
    score,
)


def test_a_stem_scores_by_bm25_over_the_fields_together():
    frequency = in_field("title", 1, 2) + in_field("body", 2, 6)
    found = score(BRIDGE, title="көпір салынды", body="көпір ұзын көпір биік су мол")
    assert found == near(rarity(40) * saturated(frequency))


def test_an_entry_without_the_word_scores_nothing():
    assert ranker(BRIDGE).score(entry(title="қала көпірлер"), 0) == (0.0, (False,))


def test_a_term_is_a_whole_word_of_a_column():
    for title in ("көпірлік", "темікөпір", "темі-көпір", "көпір-жол"):
        assert score(BRIDGE, title=title) == 0.0
    for title in ("көпір", "көпір жол", "жол көпір", "жол көпір жол"):
        assert score(BRIDGE, title=title) > 0


def test_a_field_without_a_known_average_length_is_not_normalised(monkeypatch):
    monkeypatch.setitem(LENGTHS, "names", 0.0)
    expected = rarity(40) * saturated(weights.FIELD_WEIGHTS["names"])
    assert score(BRIDGE, names="көпір") == near(expected)


def test_a_field_that_is_mostly_empty_is_normalised_too(monkeypatch):
    monkeypatch.setitem(LENGTHS, "names", 0.5)
    assert score(BRIDGE, names="көпір") == near(
        rarity(40) * saturated(in_field("names", 1, 1))
    )


def test_a_longer_field_scores_less_a_field_of_average_length_by_its_count_alone():
    body = [f"{'су ' * words}көпір" for words in (49, 99, 199)]
    short, average, long = (score(BRIDGE, body=text) for text in body)
    assert short > average > long > 0
    assert average == near(rarity(40) * saturated(weights.FIELD_WEIGHTS["body"]))


def test_length_counts_words_as_they_are_written_not_their_stems():
    one = score(BRIDGE, lead_exact="екі сөз", lead_stems="көпір екі сөз көп")
    assert one == near(rarity(40) * saturated(in_field("lead", 1, 2)))


def test_an_entry_is_read_with_all_of_its_columns():
    with pytest.raises(ValueError, match="shorter"):
        _Text(["көпір"])


def test_a_field_whose_words_are_missing_counts_as_empty():
    one = score(BRIDGE, lead_stems="көпір")
    assert one == near(rarity(40) * saturated(in_field("lead", 1, 0)))


def test_the_best_of_several_stems_is_scored():
    either = match(stems="көпір полигон")
    both = score(either, title="көпір полигон")
    assert both == near(score(match(stems="полигон"), title="көпір полигон"))
    assert both > score(either, title="көпір жол") == score(BRIDGE, title="көпір жол")


def test_a_folded_key_counts_with_the_rarity_of_the_words_most_frequent_stem():
    """A key in another script may be of either stem."""
    word = match(stems="көпір полигон", folded="kopir")
    found = score(word, lead_exact="kopir", lead_folded="kopir")
    frequency = saturated(in_field("lead", 1, 1))
    assert found == near(weights.VARIANT_WEIGHTS["folded"] * rarity(40) * frequency)


def test_stem_key_and_exact_word_add_up():
    word = match("көпірден", "көпір", "kopir")
    columns = {
        "title_exact": "көпірден өту",
        "title_stems": "көпір өт",
        "title_folded": "kopir ot",
    }
    frequency = saturated(in_field("title", 1, 2))
    weight = sum(weights.VARIANT_WEIGHTS[kind] for kind in ("stems", "folded", "exact"))
    beginning = weights.VARIANT_WEIGHTS["prefix"] * rarity(60) * frequency
    expected = weight * rarity(40) * frequency + beginning
    assert score(word, **columns) == near(expected)


def test_a_common_prefix_adds_to_a_match_but_is_no_match_alone():
    word = match("көпірден", "көпір")
    assert score(word, body="көпірші") == 0.0
    alone = score(word, body="көпір жол")
    with_relative = score(word, body="көпір көпірші")
    assert with_relative > alone > score(BRIDGE, body="көпір жол")


def test_a_loosened_word_matches_by_the_beginning_of_its_relatives():
    word = match("көпірден", "көпір", relatives=frozenset(["көпір"]))
    frequency = saturated(in_field("body", 1, 1))
    expected = weights.VARIANT_WEIGHTS["prefix"] * rarity(60) * frequency
    assert score(word, body="көпірші") == near(expected)
    assert score(word, body="көбірек") == 0.0


def test_a_short_word_has_no_relatives_but_itself():
    """«қала» begins «қалау» (wish) as well, so a shorter word must be whole."""
    word = match("қала", "қала", relatives=frozenset(["қала"]))
    assert score(word, body="қалау") == 0.0
    assert score(word, body_exact="қала", body_stems="басқа") > 0


def test_the_best_of_several_prefixes_is_scored():
    word = match("көпірден құрылыстан", relatives=frozenset(["көпір", "құрыл"]))
    rarer = match("көпірден", relatives=word.relatives)
    both = score(word, body="көпірші құрылған")
    assert both == near(score(rarer, body="көпірші құрылған"))


def test_a_compound_scores_as_its_parts_together_if_it_has_them_all():
    word = match(stems="көпірқұрылыс", parts=(BRIDGE, BUILDING))
    title = "көпір құрылыс"
    together = score(BRIDGE, title=title) + score(BUILDING, title=title)
    assert score(word, title=title) == near(together)
    assert score(word, title="көпір жол") == 0.0
    assert score(word, title="құрылыс жол") == 0.0


def test_a_compound_and_its_parts_do_not_add_up():
    word = match(stems="полигон", parts=(BRIDGE,))
    whole, part = (
        score(match(stems="полигон"), title="полигон көпір"),
        score(BRIDGE, title="полигон көпір"),
    )
    assert score(word, title="полигон көпір") == near(max(whole, part))


# Phrases and beginnings


def test_a_phrase_scores_as_its_words_together_times_the_weight_of_phrases():
    phrase = leaf(
        PhraseMatch("exact", frozenset([("көпір", "құрылысы")])),
        words=(BRIDGE, BUILDING),
    )
    found = score(phrase, lead="биік көпір құрылысы")
    total = rarity(40) + rarity(90)
    frequency = saturated(in_field("lead", 1, 3))
    assert found == near(weights.PHRASE_WEIGHT * total * frequency)
    assert score(phrase, lead="көпір биік құрылысы") == 0.0


def test_a_phrase_matches_only_in_its_own_variant():
    phrase = leaf(PhraseMatch("folded", frozenset([("a", "b")])), words=(BRIDGE,))
    assert score(phrase, lead_exact="a b", lead_stems="a b") == 0.0
    assert score(phrase, lead_folded="a b") > 0


@pytest.mark.parametrize("variant", ["exact", "folded"])
def test_a_beginning_scores_by_the_words_that_start_with_it(variant):
    clause = PrefixMatch(**{"exact": frozenset(), variant: frozenset(["көп"])})
    columns = {
        f"title_{variant}": "көпір көпте текөп",
        "title_exact": "көпір көпте текөп",
    }
    found = score(leaf(clause), **columns)
    assert found == near(saturated(in_field("title", 2, 3)))


def test_the_better_variant_of_a_prefix_is_scored():
    clause = PrefixMatch(frozenset(["көп"]), frozenset(["kop"]))
    once, twice = "көпір су", "kopir kopte"
    less, more = saturated(in_field("title", 1, 2)), saturated(in_field("title", 2, 2))
    found = score(leaf(clause), title_exact=once, title_folded=twice)
    assert found == near(more)
    assert score(leaf(clause), title_exact=once, title_folded="kopir su") == near(less)
    turned = PrefixMatch(frozenset(["kop"]), frozenset(["көп"]))
    assert score(leaf(turned), title_exact=twice, title_folded=once) == near(more)


def test_a_prefix_matches_neither_stems_nor_the_other_variant():
    clause = PrefixMatch(frozenset(["көп"]), frozenset(["kop"]))
    assert score(leaf(clause), title_stems="көпір kopir") == 0.0
    assert score(leaf(clause), title_exact="kopir", title_folded="көпір") == 0.0


# Rarity


def test_a_rarer_word_scores_more():
    rare, common = (
        score(match(stems=stem), title=stem) for stem in ("полигон", "қала")
    )
    assert rare > common > 0


def test_a_word_is_as_rare_as_its_most_frequent_stem():
    asked = ranker(match(stems="көпір полигон қала"))
    (word,) = (one.clause for one in asked.leaves)
    assert asked.word_rarity(word) == near(rarity(600))


def test_a_word_of_no_entry_has_the_highest_rarity():
    asked = ranker(match(stems="динозавр"), match(folded="x"))
    assert [asked.word_rarity(one.clause) for one in asked.leaves] == [
        near(rarity(0)),
        near(rarity(0)),
    ]


def test_counts_that_lag_behind_do_not_make_a_word_worth_less_than_nothing():
    """Term statistics lag: a stem may be in more entries than are counted."""
    assert ranker().rarity(ENTRIES + 500) > 0
    assert ranker().rarity(ENTRIES) == near(rarity(ENTRIES))
    assert ranker().rarity(ENTRIES + 1) == near(log(1 + 0.5 / (ENTRIES + 1.5)))


@pytest.mark.parametrize(
    ("share", "candidates", "is_common"),
    [
        (0.04, 39, False),  # in as many entries as the share, no more
        (0.039, 39, True),
        (0.039, 40, False),  # all of its entries are ranked
        (0.039, 41, False),
        (0.041, 39, False),
    ],
)
def test_a_word_is_common_in_more_than_a_share_of_all_and_more_than_are_ranked(
    share, candidates, is_common, monkeypatch
):
    monkeypatch.setattr(weights, "COMMON_SHARE", share)
    monkeypatch.setattr(weights, "CANDIDATES", candidates)
    word = match(stems="көпір полигон")
    assert ranker(word).is_common(word) is is_common


def test_a_word_without_stems_is_not_common(monkeypatch):
    monkeypatch.setattr(weights, "COMMON_SHARE", 0)
    monkeypatch.setattr(weights, "CANDIDATES", 0)
    word = match(folded="kopir")
    assert not ranker(word).is_common(word)


def test_statistics_are_queried_of_every_word_that_is_scored(known):
    compound = match("көпірдің", "көпір", parts=(match("құрылысы", "құрылыс"),))
    phrase = leaf(PhraseMatch("exact", frozenset()), words=(match("қалада", "қала"),))
    ranker(compound, phrase)
    assert known == {
        "locales": ["kk"],
        "stems": sorted(["көпір", "құрылыс", "қала"]),
        "prefixes": sorted(["көпір", "құрыл", "қалад"]),
    }
