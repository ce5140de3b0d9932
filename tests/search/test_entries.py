"""Entries stored for a record."""

import pytest

from search.index import entries
from search.index.documents import Value
from search.models import Change, Entry
from search.results.search import Search, find, search_archive
from tests.search.records import place, put, record
from tests.search.records import put as put_records
from tests.search.records import record as named_record

pytestmark = pytest.mark.django_db


def test_a_change_gets_the_next_number_of_the_log():
    (first,) = put(record("a", "Бір"))
    (second,) = put(record("a", "Екі"))
    assert second.pk == first.pk
    assert second.seq > first.seq
    assert list(Change.objects.values_list("seq", "key", "removed")) == [
        (first.seq, "a:kk", False),
        (second.seq, "a:kk", False),
    ]


def test_an_unchanged_entry_is_not_written_again(django_assert_max_num_queries):
    values = (place("p", kk="Орал"),)
    put(record("a", "Бір", values=values))
    with django_assert_max_num_queries(7):
        put(record("a", "Бір", values=values))
    assert Change.objects.count() == 1


def test_a_removal_is_logged_once():
    put(record("a", "Бір"))
    assert entries.remove(["a:kk", "nothing"]) == 1
    assert entries.remove(["a:kk"]) == 0
    assert [line.removed for line in Change.objects.order_by("seq")] == [False, True]


def test_many_are_written_in_a_number_of_queries_that_does_not_grow_as_fast(
    django_assert_max_num_queries,
):
    records = [record(f"n{number}", f"Сөз {number}") for number in range(100)]
    with django_assert_max_num_queries(20):
        entries.put_many(records)
    assert Entry.objects.count() == 100


def test_a_word_past_the_limit_of_a_zone_is_not_found_and_does_no_harm(monkeypatch):
    monkeypatch.setattr(entries, "MAX_FIELD_WORDS", 50)
    put(record("book", "Кітап", body="сөз " * 60 + "динозавр"))
    assert search_archive("динозавр", locales=["kk"]).total == 0
    assert search_archive("сөз", locales=["kk"]).total == 1


def test_an_endless_word_is_found_by_itself():
    word = "абвгд" * 100
    put(record("a", "Код", body=f"мынау {word} болды"))
    assert search_archive(word, locales=["kk"]).total == 1


def test_a_value_of_an_unknown_facet_is_refused():
    with pytest.raises(ValueError, match="colour"):
        put(
            record(
                "a", "Бір", values=(place("p", kk="Орал").__class__("colour", "x", {}),)
            )
        )


def test_an_entry_is_found_by_a_word_of_a_name_in_another_language(db):
    person = Value("person", "n", {"kk": "Ерлан Нысанбаев", "en": "Yerlan Nyssanbayev"})
    named = {"names": "Yerlan Nyssanbayev", "values": (person,)}
    put_records(named_record("a", "A minister speaks", "en", **named))
    for text in ("Nysanbayev", "Nyssanbayev", "Нысанбаев"):
        (hit,) = find(Search(text, ("en",))).results
        assert hit.entry.title == "A minister speaks"
    assert find(Search("Erlanov", ("en",))).total == 0
