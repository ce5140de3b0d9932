import pytest
from hypothesis import given

from search.languages.folding import fold
from search.languages.normalisation import normalise
from tests.search.languages.strategies import any_text


@given(any_text)
def test_a_key_is_its_own_key(word):
    key = fold(normalise(word))
    assert fold(key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ёлка", "елка", id="russian"),
        pytest.param("жаңы", "жаны", id="kyrgyz"),
        pytest.param("ўзбек", "узбек", id="uzbek"),
        pytest.param("o'zbek", "ozbek", id="uzbek_latin"),
        pytest.param("größe", "grosse", id="german"),
        pytest.param("élève", "eleve", id="french"),
        pytest.param("łódź", "lodz", id="polish"),
        pytest.param("ısparta", "isparta", id="turkish"),
        pytest.param("أحمد", "احمد", id="arabic"),
        pytest.param("سرّ", "سر", id="arabic_points"),
    ],
)
def test_a_poor_keyboard_gives_the_same_key(one, other):
    assert fold(normalise(one)) == fold(normalise(other))


def test_indic_vowel_signs_stay():
    assert fold("की") != fold("का")
