import pytest
from hypothesis import given

from search.languages.normalisation import normalise
from tests.search.languages.strategies import any_text


@given(any_text)
def test_the_normal_form_is_its_own_normal_form(word):
    assert normalise(normalise(word)) == normalise(word)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("кiтап", "кітап", id="latin_i_in_a_cyrillic_word"),
        pytest.param("Cот", "сот", id="latin_c_in_a_cyrillic_word"),
        pytest.param("мəселе", "мәселе", id="latin_schwa"),
        pytest.param("Googlе", "google", id="cyrillic_e_in_a_latin_word"),
        pytest.param("YouTubeтің", "youtubeтің", id="a_mixed_word_stays_mixed"),
        pytest.param("тау-Kaspi", "тау-kaspi", id="parts_have_their_own_alphabets"),
        pytest.param("қа\u00adла\u200b", "қала", id="soft_hyphen_and_zero_width"),
        pytest.param("и\u0306од", "йод", id="combining_breve"),
        pytest.param("за\u0301мок", "замок", id="stress"),
        pytest.param("g\u2019alym", "g'alym", id="apostrophe"),
        pytest.param("тау\u2011тас", "тау-тас", id="hyphen"),
        pytest.param("İzmir", "izmir", id="dotted_capital"),
        pytest.param("i\u0307zmir", "izmir", id="combining_dot"),
        pytest.param("Qızılorda", "qızılorda", id="dotless_stays"),
        pytest.param("IRAN", "iran", id="capital_i"),
        pytest.param("ХІХ", "xix", id="roman_numeral_in_cyrillic"),
        pytest.param("ХХІ-ші", "xxi-ші", id="roman_numeral_with_ending"),
        pytest.param("ﬁlm", "film", id="ligature"),
        pytest.param("ＡＢＣ", "abc", id="full_width"),
        pytest.param("ﻻ", "لا", id="arabic_presentation_form"),
        pytest.param("مُحَمَّد", "محمد", id="arabic_points"),
        pytest.param("٢٠٢٥", "2025", id="arabic_digits"),
        pytest.param("\u00ad", "", id="nothing_but_invisible"),
    ],
)
def test_spellings_of_a_word_normalise_to_one(typed, expected):
    assert normalise(typed) == expected


@pytest.mark.parametrize("word", ["хит", "мих", "хор", "ИИ"])
def test_a_cyrillic_word_is_no_roman_numeral(word):
    assert normalise(word) == word.lower()
