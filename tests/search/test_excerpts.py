import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.languages import analyse
from search.plan.clauses import TermMatch
from search.plan.leaves import ScoredTerm
from search.results.excerpts import EXCERPT_LENGTH, as_html, excerpt, marked

LONG = "Бірінші сөйлем мұнда. " * 30 + "Қалалардың болашағы осында. " + "Соңы. " * 60


def wanted(*texts: str) -> list[ScoredTerm]:
    """Return a leaf for each of these Kazakh words."""
    terms = [term for text in texts for term in analyse(text, "kk")]
    return [
        ScoredTerm(
            TermMatch(frozenset([t.exact]), frozenset(t.stems), frozenset([t.folded]))
        )
        for t in terms
    ]


def text_of(pieces) -> str:
    return "".join(piece.text for piece in pieces)


def test_the_inflected_form_in_the_text_is_marked():
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


def test_distant_words_are_shown_in_two_fragments():
    text = "Орал туралы сөз. " + "Толтырғыш сөйлем осы. " * 40 + "Ертіс туралы да сөз."
    pieces = excerpt(text, wanted("Орал", "Ертіс"), "kk")
    assert [p.text for p in pieces if p.is_marked] == ["Орал", "Ертіс"]
    assert " … " in text_of(pieces)
    assert len(text_of(pieces)) < EXCERPT_LENGTH + 15


def test_the_second_place_shows_a_word_that_the_first_does_not():
    filler = "Толтырғыш сөйлем осы. " * 40
    text = f"Орал туралы сөз. {filler}Орал тағы да. {filler}Ертіс туралы сөз."
    pieces = excerpt(text, wanted("Орал", "Ертіс"), "kk")
    assert [p.text for p in pieces if p.is_marked] == ["Орал", "Ертіс"]


def test_a_word_in_two_places_is_shown_in_both():
    text = "Орал туралы сөз. " + "Толтырғыш сөйлем осы. " * 40 + "Орал тағы да аталды."
    pieces = excerpt(text, wanted("Орал"), "kk")
    assert [p.text for p in pieces if p.is_marked] == ["Орал", "Орал"]
    assert text_of(pieces).count(" … ") == 1


def test_a_third_place_is_left_out():
    filler = "Толтырғыш сөйлем осы. " * 40
    text = f"Орал бар. {filler}Ертіс бар. {filler}Есіл бар."
    pieces = excerpt(text, wanted("Орал", "Ертіс", "Есіл"), "kk")
    assert [p.text for p in pieces if p.is_marked] == ["Орал", "Ертіс"]


def test_a_sentence_with_more_of_the_words_is_preferred():
    text = (
        "Қала бар. " + "Толтырғыш сөйлем осы. " * 40 + "Қала мен форум. " + "Соң. " * 60
    )
    assert "Қала мен форум" in text_of(excerpt(text, wanted("қала", "форум"), "kk"))


@given(st.text(max_size=600), st.sampled_from(["қала", "a", "1", "а б"]))
def test_an_excerpt_is_made_of_stretches_of_the_text(text, query):
    rest = text
    for fragment in text_of(excerpt(text, wanted(query), "kk")).split(" … "):
        fragment = fragment.removeprefix("… ").removesuffix(" …")
        assert fragment in rest or "…" in text
        rest = rest[rest.find(fragment) + len(fragment) :]


@pytest.mark.parametrize("text", ["", "\n", "а" * 1000])
def test_short_empty_and_endless_texts_do_no_harm(text):
    assert isinstance(excerpt(text, wanted("қала"), "kk"), list)
