"""Kazakh words as `analyse` reads them, typed on any keyboard."""

import pytest

from search.languages import analyse


def stems(text):
    return [term.stems for term in analyse(text, "kk")]


@pytest.mark.parametrize(
    "word",
    ["Қызылордада", "Qyzylordada", "Qızılordada", "Kyzylordada", "قىزىلوردادا"],
)
def test_a_form_has_its_stem_in_every_script(word):
    (term,) = analyse(word, "kk")
    assert (term.stems, term.folded) == (("қызылорда",), "kizilorda")


def test_a_russian_keyboard_gives_the_stem_and_the_key_too():
    (term,) = analyse("Кызылордада", "kk")
    assert term.stems[0] == "қызылорда"
    assert term.folded == "kizilorda"
    assert term.exact == "кызылордада"


def test_a_plain_latin_word_is_kazakh_if_the_lexicon_knows_it():
    assert stems("Almatyda") == [("алматы",)]


def test_a_plain_latin_word_keeps_its_spelling_if_the_lexicon_does_not():
    (term,) = analyse("Palantir", "kk")
    assert term.exact == "palantir"
    assert "palantir" in term.stems


def test_a_latin_word_in_cyrillic_text_and_as_a_query_meet():
    (_, in_text) = analyse("жаңа Palantir", "kk")
    (query,) = analyse("palantir", "kk")
    assert set(in_text.stems) & set(query.stems)


@pytest.mark.parametrize("typed", ["XXI", "ХХІ", "xxi"])
def test_roman_numerals_meet(typed):
    assert stems(typed) == [("xxi",)]


def test_the_alphabet_of_the_text_decides_what_a_letter_is():
    in_2018 = analyse("aımaq ákimi jıyn ótkizdi", "kk")
    assert [term.exact for term in in_2018] == ["аймақ", "әкімі", "жиын", "өткізді"]
    in_2007 = analyse("Qazaqstannıñ şïkizatı", "kk")
    assert [term.exact for term in in_2007] == ["қазақстанның", "шикізаты"]
