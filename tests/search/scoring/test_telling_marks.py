"""The terms and names of an article that select similar ones.

No database but for names; the statistics are written down here.
"""

from math import log2, sqrt

import pytest

from search.index.facet_values import value_id_of
from search.index.term_statistics import Statistics
from search.models import Entry, FacetValue
from search.packing import pack
from search.ranking import similar
from search.weights import COMMON_SHARE

ENTRIES = 1_000


@pytest.fixture
def known(monkeypatch):
    """Replace the query for statistics; return the numbers of entries by stem."""
    counts: dict[str, int] = {}

    def statistics(locales, stems, prefixes):
        assert locales == ["kk"]
        assert list(prefixes) == []
        found = {stem: counts.get(stem, 0) for stem in stems}
        return Statistics(ENTRIES, {}, found, {})

    monkeypatch.setattr(similar, "statistics", statistics)
    return counts


def marks(**fields) -> dict[str, tuple[float, int]]:
    return similar._telling_marks(Entry(locale="kk", **fields))


def weight(count: float, entries: int) -> float:
    return sqrt(count) * log2(1 + ENTRIES / entries)


def test_terms_of_the_head_are_weighted_by_count_and_field(
    known,
):
    known |= {"көпір": 10, "құрылыс": 50, "қала": 40, "жол": 30}
    found = marks(
        title_stems="көпір",
        lead_stems="көпір құрылыс",
        names_stems="қала",
        body_stems="жол су жол жол",
    )
    # The weights of fields are rounded to 6, 2, 2 and 1.
    assert found == {
        "hs:көпір": (pytest.approx(weight(8, 10)), 10),
        "hs:құрылыс": (pytest.approx(weight(2, 50)), 50),
        "hs:қала": (pytest.approx(weight(2, 40)), 40),
        "hs:жол": (pytest.approx(weight(3, 30)), 30),
    }


def test_numbers_and_short_words_select_no_similar_articles(known):
    known |= {"2024": 5, "ел": 5, "таң": 5, "а": 5}
    assert list(marks(title_stems="2024 ел таң а")) == ["hs:таң"]


def test_unique_and_very_common_words_select_no_similar_articles(known):
    most = int(ENTRIES * COMMON_SHARE)
    known |= {"one": 1, "two": 2, "most": most, "more": most + 1}
    assert marks(title_stems="one two most more none").keys() == {"hs:two", "hs:most"}


def test_in_a_small_archive_words_of_two_entries_count(known, monkeypatch):
    monkeypatch.setattr("tests.search.scoring.test_telling_marks.ENTRIES", 4)
    known |= {"two": 2, "three": 3}
    assert marks(title_stems="two three").keys() == {"hs:two"}


def test_the_most_telling_words_are_taken_equal_ones_by_alphabet(known, monkeypatch):
    monkeypatch.setattr(similar, "WORDS", 3)
    known |= {"rare": 2, "common": 100, "bbb": 20, "aaa": 20, "ccc": 20}
    assert list(marks(title_stems="ccc bbb aaa common rare")) == [
        "hs:rare",
        "hs:aaa",
        "hs:bbb",
    ]
    often = "common " * 100
    assert "hs:common" in marks(title_stems="ccc bbb aaa rare", body_stems=often)


@pytest.mark.django_db
def test_names_count_as_if_they_occurred_often(known):
    value_ids = {}
    for facet, entries in (("person", 7), ("topic", 0), ("place", 900), ("year", 5)):
        value = FacetValue.objects.create(
            facet=facet, key=f"x-{facet}", entries=entries
        )
        value_ids[facet] = value_id_of(value)
    deleted = FacetValue(pk=10**6, facet="organisation")
    value_ids["organisation"] = value_id_of(deleted)
    found = marks(facet_values=pack(value_ids.values()))
    count = similar.NAME_COUNT
    assert found == {
        f"v:{value_ids[facet]}": (pytest.approx(weight(count, entries)), entries)
        for facet, entries in (
            ("person", 7),
            ("topic", 1),  # counts lag behind: this entry has it
            ("place", 900),
            ("organisation", 1),
        )
    }


def test_a_weight_is_defined_before_anything_is_counted():
    assert similar._weight(4, 1, 0) == similar._weight(4, 1, 1) == 2.0
    assert similar._weight(4, 1, 3) == 4.0


@pytest.mark.parametrize(
    ("entries", "asked"),
    [
        ({"a": 5, "b": 5}, "ab"),
        ({"a": 6, "b": 5}, "b"),  # eleven are more than ten
        ({"a": 11}, "a"),  # one is always asked for
        ({"a": 12, "b": 11}, "b"),
        ({"c": 2, "b": 2, "a": 9, "d": 4}, "bcd"),
        ({"b": 6, "a": 6}, "a"),
        ({"a": 1, "b": 2, "c": 8, "d": 0}, "dab"),
        ({}, ""),
    ],
)
def test_the_rarest_are_asked_for_up_to_a_number_of_entries(
    entries, asked, monkeypatch
):
    monkeypatch.setattr(similar, "LOOKED_AT", 10)
    telling = {mark: (1.0, number) for mark, number in entries.items()}
    assert similar._rarest(telling) == frozenset(asked)
