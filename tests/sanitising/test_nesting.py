"""Deeply nested HTML costs no more than other HTML of the same length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.sanitising.cleaning import clean_html, clean_segment
from newsroom.sanitising.nesting import MAX_NESTING, depth_of, without_deep_nesting
from tests.steps import calls_of

HOSTILE = {
    "unclosed": lambda n: "<b>" * n + "ж",
    "unclosed, with text": lambda n: "<b>ж" * n,
    "different attributes": lambda n: "".join(f"<b id={i}>" for i in range(n)) + "ж",
    "in paragraphs": lambda n: "<b><i><em>" * 20 + "<p>ж" * n,
    "across paragraphs": lambda n: "<b><p>ж" * n,
    "closed by others": lambda n: "<b></i><p></b><i>" * n,
    "links": lambda n: "<a href='https://a.kz'>ж" * n,
    "self-closed": lambda n: "<b/>ж" * n,
    "capitals and unknown": lambda n: "<B><xyz><I>ж" * n,
    "with a script": lambda n: "<script>x</script>" + "<b>ж" * n,
    "tables": lambda n: "<table><tr><td>" * n,
    "lists": lambda n: "<ul><li>ж" * n,
    "paragraphs": lambda n: "<p>ж" * n,
    "only ends": lambda n: "</b></p>" * n,
}


@pytest.mark.parametrize("clean", [clean_html, clean_segment])
@pytest.mark.parametrize("name", HOSTILE)
def test_nested_html_takes_steps_in_proportion_to_its_length(name, clean):
    make = HOSTILE[name]
    clean(make(10))  # what is done once
    small, large = (calls_of(lambda n=n: clean(make(n))) for n in (200, 800))
    assert large < 6 * small  # four times the text: sixteen times, if it were square


@pytest.mark.parametrize("clean", [clean_html, clean_segment])
@pytest.mark.parametrize("name", HOSTILE)
def test_markup_nested_too_deep_keeps_its_text_and_grows_little(name, clean):
    markup = HOSTILE[name](300)
    cleaned = clean(markup)
    assert cleaned.count("ж") == markup.count("ж")
    assert len(cleaned) < 20 * len(markup)
    assert clean(cleaned) == cleaned


def test_ordinary_html_is_left_as_it_is():
    paragraphs = "".join(f"<p>{n} <b>қала <i>көркі</i></b><br>" for n in range(200))
    assert without_deep_nesting(paragraphs) == paragraphs
    items = "<ul>" + "<li>a<ol><li>b<li>c</ol>" * 100 + "</ul>"
    assert without_deep_nesting(items) == items
    assert clean_html("<p>a</p>" * 100) == "<p>a</p>" * 100


@pytest.mark.parametrize(
    ("markup", "depth"),
    [
        ("", 0),
        ("a < b", 0),
        ("<b>", 1),
        ("<b><i></i></b>", 2),
        ("<b></i></b><b>", 1),
        ("<br><img><br/>", 0),
        ("<B><b></B>", 2),
        ("<p><p><p>", 1),
        ("<b <b <b", 3),
        ("<p></p></p><p><b>", 2),
        ("<b></b></b></b><i><u>", 2),
        ("<b><b><b></b></b><i>", 3),
        ("<b><b></b></b><i>", 2),
        ("<b><b></b></b><i><i>", 2),
        ("<li>a<ul><li>b<li>c", 2),
        ("<td><b><td>", 2),
        ("</p><p>", 1),
        ("<p><b></p></b>", 2),
        ("<option><option><u>", 2),
        ("<x-y a='1'><X-Y>", 2),
        ("<b/><i/>", 2),
        ("<1><!-- <> </>", 0),
    ],
)
def test_depth_is_counted_without_a_parser(markup, depth):
    assert depth_of(markup) == depth


DEEPEST = "<b>" * MAX_NESTING


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("а<i>б</i>в", "абв"),
        ("а<p>б</p>в", "а б в"),
        ("а<DIV class=x>б</DIV>в", "а б в"),
        ("а<br>б<BR/>в", "а б в"),
        ("а<td>б<td>в", "а б в"),
        ("а<img src=x>б<unknown>в", "абв"),
        ("а</u>б</p>в", "аб в"),
        ("а</i>б<img src=x></b>в", "аб<img src=x></b>в"),
        ("</i></b><i>а<br></i>б", "</b><i>а<br></i>б"),
        ("</i></b><i>а<i>б</i></i>в", "</b><i>аб</i>в"),
        ("а < б", "а < б"),
    ],
)
def test_tags_below_the_limit_are_removed_and_words_stay_apart(markup, kept):
    assert without_deep_nesting(f"{DEEPEST}<i>{markup}") == DEEPEST + kept


def test_forty_elements_may_be_open_and_no_more():
    tags = [f"<x{number}>" for number in range(MAX_NESTING + 1)]
    assert without_deep_nesting("".join(tags[:-1])) == "".join(tags[:-1])
    assert without_deep_nesting("".join(tags) + "а") == "".join(tags[:-1]) + "а"


@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<br>", "<p>", "x"])))
def test_depth_is_never_more_than_the_limit_afterwards(tokens):
    markup = "".join(tokens) + "<b>" * (MAX_NESTING + 10) + "".join(tokens)
    kept = without_deep_nesting(markup)
    assert depth_of(kept) <= MAX_NESTING
    assert kept.count("x") == markup.count("x")
    assert without_deep_nesting(kept) == kept
