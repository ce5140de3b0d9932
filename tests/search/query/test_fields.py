"""Filters are named and valued as readers of each language would write them."""

from datetime import date

import pytest

from search.languages.query_words import registered
from search.query import Dates, Field, NoteCode, Word, parse
from search.query.fields import (
    DATE_FIELDS,
    date_filter_names,
    field_of,
    filter_fields,
    names_of,
)

LANGUAGES = ("kk", "ru", "en")
# Without months, which are chosen on the page: a query gives them as dates.
FILTERS = filter_fields()


def years(first, last):
    return Dates(date(first, 1, 1), date(last + 1, 1, 1))


@pytest.mark.parametrize(
    ("name", "field"),
    [
        *((name, "person") for name in ("person", "тұлға", "адам", "персона")),
        *((name, "place") for name in ("place", "орын", "жер", "место")),
        *((name, "organisation") for name in ("organization", "ұйым", "организация")),
        *((name, "topic") for name in ("topic", "тақырып", "тема")),
        *((name, "section") for name in ("айдар", "бөлім", "раздел", "рубрика")),
        *((name, "kind") for name in ("kind", "түр", "вид")),
        *((name, "source") for name in ("source", "дереккөз", "источник")),
        *((name, "author") for name in ("author", "автор")),
    ],
)
def test_a_filter_has_a_name_in_each_language_in_any_case(name, field):
    for written in (name, name.upper(), name.title()):
        assert parse(f"{written}:Алматы").tree == Field(field, "Алматы")
        assert parse(f'{written}:"Ұлы  дала"').tree == Field(field, "Ұлы дала")


@pytest.mark.parametrize("name", ["script", "жазу", "письмо"])
@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("kk-Latn-x-1929", "latn-1929"),
        ("KK-LATN-X-1929", "latn-1929"),
        ("kk-Cyrl", "cyrl"),
        # Keys and names of orthographies are resolved by the facet.
        ("latn-1929", "latn-1929"),
        ("Яналиф", "Яналиф"),
        # A tag of an orthography that no language has.
        ("kk-Latn-x-1066", "kk-Latn-x-1066"),
    ],
)
def test_an_orthography_is_named_by_its_language_tag_or_as_the_facet_knows_it(
    name, value, key
):
    assert parse(f"{name}:{value}").tree == Field("script", key)


def test_no_name_belongs_to_two_filters():
    for field in FILTERS:
        for language in LANGUAGES:
            names = names_of(field)[language]
            assert names
            assert {field_of(name) for name in names} == {field}


def test_operators_are_capitals_and_filters_are_not():
    words = [name for one in registered().values() for name in one.operators.values()]
    assert all(name.isupper() and name.isalpha() for name in words)
    assert len(words) == len(set(words))
    assert all(
        name.islower() and name.isalpha()
        for field in FILTERS
        for names in names_of(field).values()
        for name in names
    )


@pytest.mark.parametrize("name", ["year", "жыл", "год"])
@pytest.mark.parametrize(
    ("value", "dates"),
    [
        ("2025", years(2025, 2025)),
        ("2020-2024", years(2020, 2024)),
        ("2020–2024", years(2020, 2024)),
        ("2020..2024", years(2020, 2024)),
        ("2024-2020", years(2020, 2024)),
        ('"2020 - 2024"', years(2020, 2024)),
    ],
)
def test_a_year_or_several_are_days_from_new_year_to_new_year(name, value, dates):
    assert parse(f"{name}:{value}").tree == dates


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025", date(2025, 1, 1)),
        ("2025-07", date(2025, 7, 1)),
        ("07.2025", date(2025, 7, 1)),
        ("2025-07-02", date(2025, 7, 2)),
        ("02.07.2025", date(2025, 7, 2)),
        ("2.7.2025", date(2025, 7, 2)),
    ],
)
def test_before_and_after_count_from_the_first_day_of_a_period(value, day):
    for name in ("before", "дейін", "до"):
        assert parse(f"{name}:{value}").tree == Dates(None, day)
    for name in ("after", "кейін", "после"):
        assert parse(f"{name}:{value}").tree == Dates(day, None)


@pytest.mark.parametrize(
    "text",
    [
        "year:soon",
        "year:25",
        "year:0000",
        "year:9999",
        "year:2025-07",
        "year:٢٠٢٥",
        "before:2025-13",
        "after:30.02.2025",
        "after:01.07.25",
        "жыл:ертең",
    ],
)
def test_a_date_that_cannot_be_read_is_a_word(text):
    query = parse(text)
    assert query.tree == Word(text)
    assert [note.code for note in query.notes] == [NoteCode.BAD_DATE]


@pytest.mark.parametrize("value", ["1500", "2999"])
def test_the_first_and_the_last_year_are_dates(value):
    year = int(value)
    assert parse(f"year:{value}").tree == years(year, year)
    assert parse(f"after:{value}").tree == Dates(date(year, 1, 1), None)
    assert parse(f"before:{value}-12-31").tree == Dates(None, date(year, 12, 31))
    assert parse("year:1500-2999").tree == years(1500, 2999)


@pytest.mark.parametrize("value", ["1499", "3000"])
@pytest.mark.parametrize("name", ["year", "before", "after"])
def test_years_before_the_first_and_after_the_last_are_words(name, value):
    assert parse(f"{name}:{value}").tree == Word(f"{name}:{value}")


def test_everything_after_the_first_colon_is_the_value():
    assert parse("place:а:б").tree == Field("place", "а:б")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("kk", "kk"),
        ("KK", "kk"),
        ("қазақша", "kk"),
        ("Казахский", "kk"),
        ("Kazakh", "kk"),
        ("орысша", "ru"),
        ("русский", "ru"),
        ("Russian", "ru"),
        ("ағылшын", "en"),
        ("английский", "en"),
        ("english", "en"),
        ("tr", "tr"),
        ("kk-Latn", "kk-latn"),
    ],
)
def test_a_language_is_a_name_or_a_code(value, code):
    for name in ("language", "lang", "тіл", "язык"):
        assert parse(f"{name}:{value}").tree == Field("language", code)


def test_a_filter_of_an_unknown_language_is_read_as_a_word():
    query = parse("тіл:марсша")
    assert query.tree == Word("тіл:марсша")
    assert [note.code for note in query.notes] == [NoteCode.UNKNOWN_LANGUAGE]


def test_filters_of_dates_are_filters_in_each_language():
    assert set(FILTERS) >= DATE_FIELDS
    assert date_filter_names() == {
        *("year", "before", "after"),
        *("жыл", "дейін", "кейін"),
        *("год", "до", "после"),
    }


def test_a_facet_that_no_language_names_is_no_filter():
    fields = filter_fields()
    assert {"before", "after", "year", "place", "language"} <= set(fields)
    assert "month" not in fields
    assert None not in fields
