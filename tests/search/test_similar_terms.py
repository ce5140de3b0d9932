"""Selection of similar articles, for entries made of terms."""

import pytest

from search.index.facet_values import value_id_of
from search.index.term_statistics import ENTRIES, STEM, TOTAL
from search.models import Entry, FacetValue, TermStatistic
from search.packing import pack
from search.ranking import similar
from search.ranking.similar import more_like
from tests.search.records import LONG_AGO

pytestmark = pytest.mark.django_db


def put(stems: str = "", *, value_ids=(), **fields) -> Entry:
    """Write an entry with *stems* in its title, and with facet value ids."""
    fields = {"key": f"t{Entry.objects.count()}", "locale": "kk", **fields}
    flags = [f"l:{fields['locale']}", *(f"hs:{stem}" for stem in stems.split())]
    return Entry.objects.create(
        **{"group": fields["key"], "url": "/", "published_at": LONG_AGO, **fields},
        title_exact=stems,
        title_stems=stems,
        title_folded=stems,
        facet_values=pack(value_ids),
        marks=" ".join([*flags, *(f"v:{value_id}" for value_id in value_ids)]),
    )


def count(**entries: int) -> None:
    """Write the numbers of entries with a stem, out of a thousand."""
    TermStatistic.objects.bulk_create(
        TermStatistic(locale="kk", kind=kind, text=text, entries=number)
        for kind, text, number in (
            (TOTAL, ENTRIES, 1_000),
            *((STEM, stem, number) for stem, number in entries.items()),
        )
    )


def test_rarer_words_in_common_count_more():
    count(aaa=2, bbb=3, ccc=50, ddd=60)
    common = put("ccc ddd", published=9)
    rare = put("aaa ccc", published=1)
    three = put("bbb ccc ddd", published=5)
    assert more_like(put("aaa bbb ccc ddd")) == [three, rare, common]


def test_equally_similar_articles_are_ordered_by_date_then_primary_key():
    count(aaa=2, bbb=2)
    first, newest, oldest, second = (
        put("aaa bbb", published=time) for time in (5, 9, 1, 5)
    )
    found = more_like(put("aaa bbb"), limit=9)
    assert found == [newest, first, second, oldest]


def test_other_versions_of_an_article_are_left_out_and_the_rest_is_not():
    count(aaa=2, bbb=2)
    other = put("aaa bbb")
    version = put("aaa bbb")
    assert more_like(put("aaa bbb", group=version.group)) == [other]


def test_a_word_and_a_name_in_common_are_enough_and_a_name_alone_is_not():
    value_id = value_id_of(FacetValue.objects.create(facet="topic", key="x", entries=5))
    count(aaa=2, bbb=2)
    both = put("aaa ccc", value_ids=[value_id])
    put("ccc", value_ids=[value_id])
    put("aaa")
    assert more_like(put("aaa bbb", value_ids=[value_id])) == [both]


def test_names_alone_are_enough_if_two_are_shared():
    count()
    one, two = (
        value_id_of(FacetValue.objects.create(facet=facet, key="x", entries=5))
        for facet in ("person", "place")
    )
    both = put(value_ids=[one, two])
    put(value_ids=[one])
    assert more_like(put(value_ids=[one, two])) == [both]


def test_the_newest_of_those_with_a_word_in_common_are_compared(monkeypatch):
    monkeypatch.setattr(similar, "COMPARED", 3)
    count(aaa=2, bbb=2)
    old = put("aaa bbb", published=1)
    new = put("aaa bbb", published=3)
    for time in (2, 4):
        put("aaa", published=time)
    entry = put("aaa bbb", published=0)
    assert more_like(entry) == [new]
    monkeypatch.setattr(similar, "COMPARED", 4)
    assert more_like(entry) == [new, old]


def test_a_common_word_is_compared_but_not_searched_for(monkeypatch):
    monkeypatch.setattr(similar, "LOOKED_AT", 5)
    count(aaa=2, bbb=2, ccc=150, ddd=150)
    put("ccc ddd")
    both = put("aaa ccc")
    assert more_like(put("aaa bbb ccc ddd")) == [both]


def test_entries_in_another_language_are_not_offered():
    count(aaa=2, bbb=2)
    put("aaa bbb", locale="ru")
    assert more_like(put("aaa bbb")) == []


def test_four_are_offered_if_no_number_is_given():
    count(aaa=2, bbb=2)
    for _number in range(6):
        put("aaa bbb")
    assert len(more_like(put("aaa bbb"))) == 4


def test_the_long_columns_of_entries_that_are_compared_are_not_loaded():
    count(aaa=2, bbb=2)
    put("aaa bbb", body="Text.")
    (found,) = more_like(put("aaa bbb"))
    assert found.get_deferred_fields() >= {"body", "body_stems", "title_exact"}


def test_an_article_without_distinctive_words_queries_no_engine(
    django_assert_num_queries,
):
    count(aaa=1)
    entry = put("aaa zzz")
    with django_assert_num_queries(1):  # the statistics
        assert more_like(entry) == []
