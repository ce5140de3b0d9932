"""Nodes of a query tree are values that combine logically."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import And, Dates, Field, Not, Or, Phrase, Prefix, Word

A, B, C = Word("a"), Word("b"), Word("c")
leaves = st.sampled_from([A, B, Phrase("a b"), Prefix("ab"), Field("place", "a")])
trees = st.recursive(
    leaves,
    lambda inner: (
        st.builds(lambda a, b: a & b, inner, inner)
        | st.builds(lambda a, b: a | b, inner, inner)
        | st.builds(lambda a: ~a, inner)
    ),
    max_leaves=12,
)


@given(trees, trees, trees)
def test_and_or_are_associative_and_flat(a, b, c):
    assert (a & b) & c == a & (b & c)
    assert (a | b) | c == a | (b | c)
    assert not any(isinstance(node, And) for node in (a & b).nodes)
    assert not any(isinstance(node, Or) for node in (a | b).nodes)


@given(trees)
def test_a_double_negation_cancels_itself(tree):
    assert ~~tree == tree
    assert ~tree != tree


@given(trees)
def test_a_repr_evaluates_to_the_same_node_with_the_same_hash(tree):
    names = {kind.__name__: kind for kind in (Word, Phrase, Prefix, Field, And, Or)}
    copy = eval(repr(tree), names)
    assert copy == tree
    assert hash(copy) == hash(tree)


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (A & ~Phrase("b c"), "Word('a') & ~Phrase('b c')"),
        ((A | B) & C, "(Word('a') | Word('b')) & Word('c')"),
        (A | B & C, "Word('a') | Word('b') & Word('c')"),
        (~(A & B), "~(Word('a') & Word('b'))"),
        (Field("place", "x") | Prefix("ab"), "Field('place', 'x') | Prefix('ab')"),
        (Dates(date(2025, 1, 1), None), "Dates(datetime.date(2025, 1, 1), None)"),
    ],
)
def test_a_repr_has_brackets_only_where_they_are_needed(node, text):
    assert repr(node) == text


def test_nodes_cannot_be_changed():
    with pytest.raises(AttributeError):
        A.text = "b"
    assert Word("a") == A
    assert Word("a") != Phrase("a")
    assert Not(A) == ~Word("a")
