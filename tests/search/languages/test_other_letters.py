"""Queries in other letters than they were meant in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.languages.other_letters import in_other_letters, russian_from_latin


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ujhjl", "город"),
        ("Vjcrdf", "Москва"),
        ("gj;fh", "пожар"),
        ("гкифт", "urban"),
        ("Ещнщеф", "Toyota"),
        ("urban", "урбан"),
        ("Qyzylorda", "Қызылорда"),
        ("Қостанай", "Костанай"),
        ("Қызылорда", "Qyzylorda"),
        ("قىزىلوردا", "қызылорда"),
    ],
)
def test_the_intended_word_is_among_the_readings(typed, meant):
    assert meant in list(in_other_letters(typed))


@pytest.mark.parametrize(
    ("latin", "russian"),
    [
        ("novosti", "новости"),
        ("Shchuchinsk", "щучинск"),
        ("zhizn'", "жизнь"),
        ("khoroshiy den", "хороший ден"),
        ("yubiley 2025", "юбилей 2025"),
    ],
)
def test_russian_is_read_from_latin_letters(latin, russian):
    assert russian_from_latin(latin) == russian


@given(st.text(max_size=40))
def test_any_text_has_few_readings_and_never_itself(text):
    readings = list(in_other_letters(text))
    assert len(readings) <= 3
    assert text not in readings
    assert len(set(readings)) == len(readings)
