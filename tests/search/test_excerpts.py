import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.excerpts import EXCERPT_LENGTH, as_html, excerpt, marked
from search.meaning import understand
from search.query import parse

LONG = "Бірінші сөйлем мұнда. " * 30 + "Қалалардың болашағы осында. " + "Соңы. " * 60


def wanted(text: str):
    return understand(parse(text), ["kk"])


def test_the_form_that_stands_in_the_text_is_marked():
    pieces = marked("Біз қалаларды саламыз", wanted("қала"), "kk")
    assert [p.text for p in pieces if p.is_marked] == ["қалаларды"]
    assert "".join(p.text for p in pieces) == "Біз қалаларды саламыз"


def test_an_excerpt_is_cut_around_what_was_found():
    pieces = excerpt(LONG, wanted("қала"), "kk")
    text = "".join(piece.text for piece in pieces)
    assert text.startswith("… Қалалардың болашағы")
    assert text.endswith(" …")
    assert len(text) < EXCERPT_LENGTH + 10


def test_a_text_without_a_hit_is_cut_at_its_beginning():
    text = "".join(piece.text for piece in excerpt(LONG, wanted("мектеп"), "kk"))
    assert text.startswith("Бірінші сөйлем")


def test_markup_in_a_text_is_shown_as_text():
    pieces = marked("<b>қала</b> & <script>", wanted("қала"), "kk")
    html = as_html(pieces)
    assert "<script>" not in html
    assert "<mark>қала</mark>" in html


@given(st.text(max_size=600), st.sampled_from(["қала", "a", "1", '"а б"']))
def test_an_excerpt_is_a_stretch_of_the_text(text, query):
    pieces = excerpt(text, wanted(query), "kk")
    assert "".join(p.text for p in pieces).removeprefix("… ").removesuffix(" …") in text


@pytest.mark.parametrize("text", ["", "\n", "а" * 1000])
def test_short_empty_and_endless_texts_do_no_harm(text):
    assert isinstance(excerpt(text, wanted("қала"), "kk"), list)
