"""Dates typed as words or digits, in three languages and scripts."""

import pytest

from search.query.typed_dates import TypedDate, typed_date


@pytest.mark.parametrize(
    "text",
    [
        *("8 шілде 2025", "2025 жылғы 8 шілде", "2025 ж. 8 шілдеде", "8-ші шілде 2025"),
        *("8 shilde 2025", "8 şılde 2025", "8 شىلدە 2025", "٨ шілде ٢٠٢٥"),
        *("8 июля 2025", "8 июля 2025 года", "8-го июля 2025 г.", "8 июл 2025"),
        *("8 July 2025", "July 8, 2025", "8th of July 2025", "8 jul 2025"),
        *("2025-07-08", "08.07.2025", "8/7/2025", "2025.07.08"),
    ],
)
def test_a_day_is_read_in_three_languages_and_scripts(text):
    assert typed_date(text) == TypedDate(2025, 7, 8, "")


@pytest.mark.parametrize(
    "text",
    [
        *("қыркүйек 2024", "2024 жылдың қыркүйегі", "кыркуйек 2024", "qyrkúıek 2024"),
        *("قىركۇيەك 2024", "сентябрь 2024", "сентябре 2024 года", "September 2024"),
        "2024-09",
    ],
)
def test_a_month_is_read_in_three_languages_and_scripts(text):
    assert typed_date(text) == TypedDate(2024, 9, None, "")


def test_a_day_without_a_year_is_split_from_the_other_words():
    assert typed_date("форум 8 шілдеде өтті") == TypedDate(None, 7, 8, "форум өтті")
    assert typed_date("29 ақпан") == TypedDate(None, 2, 29, "")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("форум, 8 шілде 2025", "форум"),
        ("8 шілде 2025, форум", "форум"),
        # The year is before the day, wherever both are in the text.
        ("форум 2025 жылғы 8 шілде", "форум"),
        ("ұлттық форум 2025 жылғы 8 шілдеде өтті", "ұлттық форум өтті"),
        ("2025 8 шілде", ""),
        ("дала жолы 2025 8 шілде", "дала жолы"),
    ],
)
def test_the_rest_of_the_text_has_no_part_of_the_date(text, rest):
    assert typed_date(text) == TypedDate(2025, 7, 8, rest)


def test_the_first_and_the_last_year_are_read():
    assert typed_date("8 июля 1500") == TypedDate(1500, 7, 8, "")
    assert typed_date("8 июля 2999") == TypedDate(2999, 7, 8, "")
    assert typed_date("08.07.1499") is None
    assert typed_date("08.07.3000") is None


@pytest.mark.parametrize(
    "text",
    [
        *("", "шілде", "May Day", "31 ақпан", "31.02.2025", "2025", "2025 жыл"),
        *("85 000", "8 (7242) 40-11-22", "after:2025-07-08", "year:2025", "2020-2024"),
        *("8 шілделік0", "шілде 0001", "1.2", "2025-13"),
    ],
)
def test_text_without_a_date_is_not_read_as_one(text):
    assert typed_date(text) is None
