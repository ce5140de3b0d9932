"""Alignment of the words of two texts, in a bounded number of steps."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.articles import alignment
from newsroom.articles import word_diff as wording
from newsroom.articles.word_diff import plain_diff, word_diff

words = st.lists(st.sampled_from("абвг"), max_size=12)


def joined(pieces, *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(words, words)
def test_opcodes_tell_how_one_sequence_became_the_other(old, new):
    found = list(alignment.opcodes(old, new))
    i = j = 0
    for tag, start, end, new_start, new_end in found:
        assert (start, new_start) == (i, j)
        assert (end, new_end) != (start, new_start)
        if tag == "equal":
            assert old[start:end] == new[new_start:new_end]
        else:
            is_old, is_new = end > start, new_end > new_start
            assert (
                tag
                == {(1, 0): "delete", (0, 1): "insert", (1, 1): "replace"}[
                    is_old, is_new
                ]
            )
        i, j = end, new_end
    assert (i, j) == (len(old), len(new))
    tags = [one[0] for one in found]
    assert "equal" not in {a for a, b in pairwise(tags) if a == b}


@given(words, words)
@pytest.mark.parametrize("diff", [word_diff, plain_diff])
def test_pieces_make_both_texts(diff, old, new):
    before, after = ". ".join(old), ". ".join(new)
    pieces = diff(before, after)
    assert joined(pieces, "same", "added") == after
    assert joined(pieces, "removed").count("а") <= before.count("а")


def test_the_number_of_compared_items_is_bounded(monkeypatch):
    compared = []
    longest = alignment.LCSseq.opcodes

    class Counting:
        @staticmethod
        def opcodes(old, new):
            compared.append(len(old) * len(new))
            return longest(old, new)

    monkeypatch.setattr(alignment, "LCSseq", Counting)
    monkeypatch.setattr(wording, "MAX_COMPARISONS", 10_000)
    monkeypatch.setattr(alignment, "MAX_COMPARISONS", 20_000)
    for sentence in ("Сөз{}. ", "{} ", "{}.", "а. ", ".", "{}! \n"):
        old = "".join(sentence.format(n) for n in range(3000))
        new = "б " + "".join(sentence.format(-n) for n in range(3000)) + " в"
        for diff in (word_diff, plain_diff):
            pieces = diff(old, new)
            assert joined(pieces, "same", "added") == new
    assert compared
    assert max(compared) <= 20_000


def test_sentences_end_after_a_run_of_full_stops_and_quotation_marks():
    assert wording._sentences("Иә… «Жоқ!» Бар?!\n\nСоңы. ") == [
        "Иә… ",
        "«Жоқ!» ",
        "Бар?!\n\n",
        "Соңы. ",
    ]
    assert wording._sentences("." * 5000) == ["." * 5000]
    assert wording._sentences("") == []
