"""Text in an edition's script, with isolates where its order would change."""

import re

import pytest

from newsroom.transliteration.editions import ARABIC, LATIN
from newsroom.transliteration.text import converted, converted_text
from search.languages.kazakh.scripts import fold

EDITIONS = pytest.mark.parametrize("edition", [LATIN, ARABIC], ids=lambda one: one.lang)


@pytest.mark.parametrize(
    ("text", "latin", "arabic"),
    [
        ("Өмір, үй; не?", "Ömır, üi; ne?", "ٴومىر، ٴۇي؛ نە؟"),
        ("Google компаниясы", "Google kompaniiasy", "Google كومپانياسى"),
        ("3,5 млн теңге", "3,5 mln teñge", "3,5 ملن تەڭگە"),
        ("info@mail.kz поштасы", "info@mail.kz poştasy", "info@mail.kz پوشتاسى"),
        ("ЮНЕСКО, Щучинск", "İUNESKO, Şşuchinsk", "يۋنەسكو، ششۋچينسك"),
        ("YouTubeте", "YouTubete", "YouTubeتە"),
        ("ХХІ ғасыр", "XXI ğasyr", "XXI عاسىر"),
    ],
)
def test_kazakh_is_converted_and_what_is_foreign_stays(text, latin, arabic):
    assert converted_text(text, LATIN) == latin
    assert converted_text(text, ARABIC) == arabic


@pytest.mark.parametrize("edition", [LATIN, ARABIC], ids=lambda one: one.lang)
@pytest.mark.parametrize(
    "text", ["Smith, John", "Boeing 737 MAX", "2025", "UN-Habitat"]
)
def test_text_without_kazakh_letters_stays(edition, text):
    assert converted_text(text, edition) == text


def test_a_comma_between_converted_words_is_one_of_the_script():
    assert converted_text(", ", ARABIC) == "، "
    assert converted_text(", ", LATIN) == ", "


@pytest.mark.parametrize(
    "foreign",
    [
        "https://un.org/kz/",
        "+7 (727) 123-45-67",
        "+7 727 123 45 67",
        "8-777-123-45-67",
        "10 000",
        "−14",
        "2025-11-23",
        "3D",
        "C++",
    ],
)
def test_foreign_text_is_isolated_among_arabic_letters(foreign):
    assert converted_text(f"бұл {foreign} болды", ARABIC) == (
        f"بۇل \u2066{foreign}\u2069 بولدى"
    )
    assert converted_text(f"бұл {foreign} болды", LATIN) == f"būl {foreign} boldy"


@pytest.mark.parametrize(
    "foreign",
    ["2025", "12:30", "3,5", "10\u00a0000", "2020–2025", "Boeing 737", "a@b.kz", "10%"],
)
def test_text_that_keeps_its_order_is_not_isolated(foreign):
    assert converted_text(f"бұл {foreign} болды", ARABIC) == f"بۇل {foreign} بولدى"


def test_an_ending_outside_the_link_has_no_hamza_of_its_own():
    assert converted(["Әкімдік", "тің үйі"], ARABIC) == ["اكىمدىك", "تىڭ ٴۇيى"]
    assert converted(["ӨМІР", "ЩЕҢ"], LATIN) == ["ÖMIR", "ŞŞEÑ"]


@pytest.mark.parametrize("figure", ["25 °C", "−7,5\u00a0°C", "+40°F", "25\u202f°C"])
def test_a_temperature_stays_together_in_arabic_letters(figure):
    text = converted_text(f"Ауа {figure} болды.", ARABIC)
    assert f"\u2066{figure}\u2069" in text


@EDITIONS
@pytest.mark.parametrize(
    "typed", ["25 °С", "25°С", "−5\u00a0°с", "10–15 °С", "25 °С-та"]
)
def test_a_degree_with_a_cyrillic_letter_is_celsius(edition, typed):
    latin = re.sub("°( ?)[Сс]", "°\\1C", typed)
    assert converted_text(typed, edition) == converted_text(latin, edition)
    assert "°C" in converted_text(f"Ауа {typed} болды", edition)


@pytest.mark.parametrize("figure", ["−5", "+7", "-3", "−5 °C", "77 °F"])
def test_a_figure_with_its_sign_stays_together_in_arabic_letters(figure):
    assert f"\u2066{figure}\u2069" in converted_text(f"Ауа {figure} болды", ARABIC)


@EDITIONS
@pytest.mark.parametrize(
    "text", ["іс-шара", "кім-кім", "Қап-қара түн", "COVID-19", "UN-Habitat", "F-16"]
)
def test_a_word_joiner_behind_a_hyphen_changes_no_letter(edition, text):
    joined = converted_text(text.replace("-", "-\u2060"), edition)
    assert joined.replace("\u2060", "") == converted_text(text, edition)


@pytest.mark.parametrize(
    "number", ["2025-11-23", "8-777-123-45-67", "+7 727 123-45-67"]
)
def test_a_word_joiner_does_not_take_a_number_apart(number):
    shown = "Тел. {} бар".format(number.replace("-", "-\u2060"))
    around = re.search("\u2066(.*)\u2069", converted_text(shown, ARABIC))
    assert around
    assert around[1].replace("\u2060", "") == number


@pytest.mark.parametrize(
    ("text", "arabic"),
    [
        ("партияның", "پارتيانىڭ"),
        ("Франция", "فرانتسيا"),
        ("сияқты", "سياقتى"),
        ("қия", "قيا"),
        ("жию", "جيۋ"),
        ("ұя", "ۇيا"),
        ("материал", "ماتەريال"),
        ("ия", "ييا"),
    ],
)
def test_i_before_ya_is_written_with_one_yeh_and_has_the_same_key(text, arabic):
    assert converted_text(text, ARABIC) == arabic
    assert fold(arabic) == fold(text)
