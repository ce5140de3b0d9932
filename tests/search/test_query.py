"""Nothing that a reader can type is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import MAX_LENGTH, MAX_WORDS, Part, parse


def test_words_phrases_and_exclusions_are_told_apart():
    assert parse('қала "тұрақты даму" -ауыл').parts == (
        Part("қала"),
        Part("тұрақты даму", is_phrase=True),
        Part("ауыл", is_excluded=True),
    )


@pytest.mark.parametrize("quotes", ['""', "“”", "«»", "„“"])
def test_every_kind_of_quotation_mark_makes_a_phrase(quotes):
    text = f"{quotes[0]}тұрақты даму{quotes[1]}"
    assert parse(text).parts == (Part("тұрақты даму", is_phrase=True),)


@pytest.mark.parametrize(
    "text", ["", "   ", "-", '"', '""', "AND" * 0, "()*:-", "\x00"]
)
def test_a_query_without_a_word_is_empty(text):
    assert not parse(text)


def test_an_unbalanced_quotation_mark_is_no_hindrance():
    assert [part.text for part in parse('"тұрақты даму').parts] == ["тұрақты", "даму"]


def test_an_exclusion_alone_finds_nothing():
    assert not parse("-қала")


def test_a_huge_query_is_cut_and_says_so():
    query = parse("қала " * 20_000)
    assert query.was_cut
    assert len(str(query)) <= MAX_LENGTH
    assert len(query.parts) <= MAX_WORDS


@given(st.text(max_size=200))
def test_parsing_never_fails_and_is_stable(text):
    query = parse(text)
    assert parse(str(query)) == query or query.was_cut
