"""Names of people are not taken for forms of other words."""

import pytest

from search.languages.kazakh import stems


@pytest.mark.parametrize(
    "name",
    "Төлеген Ермек Тұрсынбек Базаркелді Айбын Әбілдина Назарбаева Нұрақын Сүйін "
    "Айғанша Нағима".split(),
)
def test_a_name_with_a_capital_is_its_own_stem(name):
    assert stems(name) == (name.lower(),)


@pytest.mark.parametrize(
    ("form", "name"), [("Ермектің", "ермек"), ("Төлегенге", "төлеген")]
)
def test_a_form_of_a_name_has_the_name_as_its_stem(form, name):
    assert stems(form) == (name,)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("Алматы", "алматы"),
        ("Алматыда", "алматы"),
        ("Алайда", "алайда"),
        ("Болатын", "болу"),
        ("Қағазы", "қағаз"),
        ("Дағдарыстан", "дағдарыс"),
        ("Мақсаттары", "мақсат"),
    ],
)
def test_a_word_that_begins_or_ends_like_a_name_is_no_name(word, stem):
    assert stems(word)[0] == stem


def test_a_word_in_lower_case_is_read_as_before():
    assert stems("төлеген")[0] == "төлеу"
    assert stems("қатысушылар") == stems("Қатысушылар")
