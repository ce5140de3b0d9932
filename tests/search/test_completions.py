"""Completions of typed letters."""

import pytest

from search.index import entries, term_statistics
from search.index.completions import suggestions
from search.index.facet_values import rename
from tests.search.records import place, put, record

pytestmark = pytest.mark.django_db
LANGUAGES = ("kk", "ru", "en")


@pytest.fixture(autouse=True)
def archive():
    town = place("q", kk="Қызылорда", ru="Кызылорда", en="Kyzylorda")
    person = place("n", kk="Қасым-Жомарт Тоқаев").__class__(
        "person", "n", {"kk": "Қасым-Жомарт Тоқаев"}
    )
    put(
        *(
            record(f"n{n}", "Форум қатысушылары келді", values=(town, person))
            for n in range(4)
        )
    )


def offered(typed: str, kind: str = "name", locales=LANGUAGES) -> list[str]:
    return [s.text for s in suggestions(typed, locales=locales) if s.kind == kind]


@pytest.mark.parametrize(
    "typed", ["қ", "қы", "Қыз", "қызыл", "Qyzyl", "Qızıl", "قىزىل", "кызылор", "Kyzylo"]
)
def test_a_name_is_offered_from_its_first_letters_in_any_script(typed):
    assert "Қызылорда" in offered(typed, locales=("kk",))


@pytest.mark.parametrize("typed", ["тоқа", "Toqaev", "жомарт т"])
def test_a_name_is_offered_from_any_of_its_words(typed):
    assert offered(typed) == (["Қасым-Жомарт Тоқаев"] if "ж" not in typed else [])


def test_a_headline_is_offered_from_any_of_its_words():
    assert offered("қатысу", "title")[0] == "Форум қатысушылары келді"


def test_a_frequent_word_is_offered():
    assert offered("фор", "word") == ["форум"]


def test_a_whole_name_is_offered_before_longer_and_more_frequent_ones():
    region = place("region", kk="Қызылорда облысы")
    put(*(record(f"r{n}", "Хабар", values=(region,)) for n in range(9)))
    assert offered("қызылор", locales=("kk",)) == ["Қызылорда облысы", "Қызылорда"]
    assert offered("қызылорда", locales=("kk",)) == ["Қызылорда", "Қызылорда облысы"]


def test_a_renamed_value_is_completed_by_its_new_name_only():
    rename("place", "q", {"kk": "Ақмешіт"})
    term_statistics.apply_all_deltas()
    assert offered("қызылор") == []
    assert offered("ақмеш") == ["Ақмешіт"]


def test_nothing_is_offered_of_what_is_gone():
    entries.remove([f"n{n}:kk" for n in range(4)])
    term_statistics.apply_all_deltas()
    for kind in ("name", "title", "word"):
        assert offered("фор", kind) == []
        assert offered("қыз", kind) == []


@pytest.mark.parametrize("typed", ["", " ", "'", "%", "\x00", "*", "🙂", "қ" * 1000])
def test_any_text_is_taken(typed):
    assert isinstance(suggestions(typed, locales=LANGUAGES), list)


def test_the_number_of_look_ups_does_not_grow(django_assert_max_num_queries):
    with django_assert_max_num_queries(27):
        suggestions("қы", locales=LANGUAGES)
