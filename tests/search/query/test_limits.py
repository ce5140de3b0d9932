"""Parts of a query beyond a limit are left out with a note; the rest is searched."""

import pytest

from search.query import (
    MAX_CLAUSES,
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_TEXT,
    Note,
    NoteCode,
    Phrase,
    Word,
    parse,
)

A = Word("a")


def test_a_text_up_to_the_limit_of_characters_is_read_whole():
    query = parse(f"  a{' ' * (MAX_TEXT - 2)}b  ")
    assert query.tree == A & Word("b")
    assert query.was_cut is False
    assert query.notes == ()


def test_a_text_past_the_limit_of_characters_is_cut_and_the_note_has_what_follows():
    query = parse(f"a{' ' * (MAX_TEXT - 1)}b c")
    assert query.tree == A
    assert query.was_cut is True
    assert query.notes == (Note(NoteCode.TOO_LONG, "b c"),)


def test_a_text_that_was_cut_by_another_limit_has_no_second_note():
    query = parse("a " * MAX_CLAUSES + "b" + " c" * MAX_TEXT)
    assert query.notes == (Note(NoteCode.TOO_MANY_CLAUSES, "b"),)


def test_no_bracket_is_noted_as_open_if_its_end_was_cut_off():
    query = parse(f"({'a ' * MAX_CLAUSES} b)")
    assert query.notes == (Note(NoteCode.TOO_MANY_CLAUSES, "b"),)


def test_the_limit_of_clauses_counts_words_phrases_and_filters_but_nothing_empty():
    leaves = ["a", '"b c"', "ab*", "place:x", "year:2024"] * (MAX_CLAUSES // 5)
    assert not parse(" ".join(leaves)).was_cut
    assert not parse(" ".join([*leaves, '""', "***"])).was_cut
    assert parse(" ".join([*leaves, "a"])).was_cut
    assert parse('"" ' * MAX_CLAUSES + "a").tree == A


@pytest.mark.parametrize(
    ("written", "length"),
    [("бір", 3), ('"бір екі"', 7), ("бір*", 3), ("place:бір", 3)],
)
def test_the_limit_of_length_counts_words_and_values(written, length):
    assert not parse(f"{'қ' * (MAX_LENGTH - length)} {written}").was_cut
    assert parse(f"{'қ' * (MAX_LENGTH - length + 1)} {written}").was_cut


def test_the_limit_of_length_counts_no_dates():
    assert not parse(f"{'қ' * MAX_LENGTH} year:2024 -before:2020").was_cut


@pytest.mark.parametrize(
    ("room", "kept", "noted"),
    [
        (7, "бір екі", "үш"),
        (8, "бір екі", "үш"),
        (9, "бір екі", "үш"),
        (6, "бір", "екі үш"),
        (5, "бір", "екі үш"),
        (3, "бір", "екі үш"),
    ],
)
def test_a_phrase_is_cut_after_the_last_word_that_has_room(room, kept, noted):
    word = "қ" * (MAX_LENGTH - room)
    query = parse(f'{word} "бір екі үш"')
    assert query.tree == Word(word) & Phrase(kept)
    assert query.notes == (Note(NoteCode.TOO_LONG, noted),)


@pytest.mark.parametrize(
    "leaf",
    [
        '"бір екі үш"',  # not even its first word has room
        "1 000 000",  # a number is one word, which is never cut
        "бірекіүш",
        '"— бір"',  # no letter would be left
    ],
)
def test_a_leaf_that_cannot_be_cut_is_left_out(leaf):
    word = "қ" * (MAX_LENGTH - 2)
    query = parse(f"{word} {leaf} a")
    assert query.tree == Word(word)
    assert query.notes == (Note(NoteCode.TOO_LONG, leaf),)


def test_brackets_up_to_the_limit_are_read():
    query = parse("-(" * MAX_DEPTH + "a b" + ")" * MAX_DEPTH)
    assert query.notes == ()


def test_a_note_has_the_brackets_that_are_too_deep_and_the_text_after_them_is_read():
    inner = "(b (c OR d) e)"
    query = parse("(" * MAX_DEPTH + f"a {inner} f" + ")" * MAX_DEPTH + " g")
    assert query.tree == A & Word("f") & Word("g")
    assert query.was_cut is True
    assert query.notes == (Note(NoteCode.TOO_DEEP, "( b ( c OR d ) e )"),)


def test_an_operator_whose_operand_was_cut_off_is_no_word():
    query = parse("a " * MAX_CLAUSES + "OR b")
    assert query.tree == parse("a " * MAX_CLAUSES).tree
    deep = "(" * (MAX_DEPTH + 1) + "b" + ")" * (MAX_DEPTH + 1)
    assert parse(f"a NOT {deep}").tree == A
