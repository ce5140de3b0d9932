"""The table of places, and its use by the search and by the pages of places."""

import csv
from itertools import chain

import pytest

from newsroom.gazetteer.places import LANGUAGES, NOW, TABLE, place_named, places
from search.index import synonyms
from search.models import Synonym


def test_each_row_of_the_table_is_a_name_of_a_place_with_a_name_of_today():
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert sum(len(place.names) for place in places()) == len(rows)
    for place in places():
        assert place.today.status == NOW
        assert set(place.today.spellings) == set(LANGUAGES), place.identifier


def test_years_of_former_names_follow_each_other():
    for place in places():
        years = [
            year
            for name in place.former
            for year in (name.first_year, name.last_year)
            if year is not None
        ]
        assert years == sorted(years), place.identifier
        assert all(1700 < year < 2027 for year in years), place.identifier


def test_no_name_of_the_search_means_two_places():
    owners: dict[tuple[str, str], set[str]] = {}
    for place in places():
        for language in LANGUAGES:
            for text in chain(*place.searched(language)):
                folded = synonyms.fold(text, language)
                owners.setdefault((language, folded), set()).add(place.identifier)
    assert {name: of for name, of in owners.items() if len(of) > 1} == {}


@pytest.mark.parametrize(
    ("language", "name", "place"),
    [
        ("kk", "Қызылорда", "kyzylorda"),
        ("kk", "Қызылорда қаласы", "kyzylorda"),
        ("ru", "г. Семипалатинск", "semey"),
        ("ru", "Целиноград", "astana"),
        ("en", "UST-KAMENOGORSK", "oskemen"),
        ("kk", "Ақмола", "astana"),
        ("kk", "Ақмола облысы", "akmola-region"),
    ],
)
def test_a_place_is_known_by_every_name(language, name, place):
    found = place_named([(language, name)])
    assert found is not None
    assert found.identifier == place


@pytest.mark.parametrize(
    ("language", "name"),
    [("ru", "Шевченко"), ("kk", "Жамбыл"), ("ru", "Верный"), ("kk", "Париж")],
)
def test_a_word_that_means_something_else_more_often_names_no_place(language, name):
    assert place_named([(language, name)]) is None


def test_todays_name_decides_before_a_former_one():
    both = place_named([("ru", "Целиноград"), ("ru", "Алматы")])
    assert both is not None
    assert both.identifier == "almaty"


@pytest.mark.django_db
def test_names_of_places_need_no_rows_and_are_those_of_the_languages_searched():
    assert not Synonym.objects.exists()
    (russian,) = synonyms.find(["Астана"], ["ru"])
    assert "Целиноград" in [way.text for way in russian.ways]
    assert {way.locale for way in russian.ways} == {"ru"}
    (both,) = synonyms.find(["Астана"], ["kk", "en"])
    assert {way.locale for way in both.ways} == {"kk", "en"}


@pytest.mark.django_db
def test_a_name_of_a_person_is_no_synonym_of_a_town():
    assert synonyms.find(["Шевченко"], ["ru"]) == []
    town = synonyms.find(["город", "Шевченко"], ["ru"])
    assert [way.text for match in town for way in match.ways][:1] == ["Актау"]


@pytest.mark.django_db
def test_a_name_with_the_word_for_a_town_is_shown_once_however_it_is_written():
    (match,) = synonyms.find(["Актау"], ["ru"])
    (way,) = [way for way in match.ways if "Шевченко" in way.text]
    assert way.text == "город Шевченко"
    texts = {" ".join(words) for words in way.folded}
    assert texts == {
        synonyms.fold(one, "ru") for one in ("город Шевченко", "г. Шевченко")
    }
