"""Term statistics equal the terms of the entries after any sequence of changes."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.index import entries, term_statistics
from search.index.facet_values import pk_of
from search.models import Entry, FacetValue, PendingCount, TermStatistic
from tests.search.records import place, put, record

pytestmark = pytest.mark.django_db
WORDS = ["көпір", "көпірлер", "су", "форум", "мектептерде"]


def recounted() -> Counter:
    counts: Counter = Counter()
    for entry in Entry.objects.all():
        own = term_statistics.counts_of(entry)
        counts.update((entry.locale, "stem", stem) for stem in own.stems)
        counts.update((entry.locale, "prefix", prefix) for prefix in own.prefixes)
        for field, number in own.totals.items():
            counts[entry.locale, "total", field] += number
    return +counts


def stored() -> Counter:
    rows = TermStatistic.objects.exclude(entries=0)
    return Counter({(r.locale, r.kind, r.text): r.entries for r in rows})


steps = st.lists(
    st.tuples(
        st.sampled_from(["put", "remove"]),
        st.integers(0, 3),
        st.sampled_from(["kk", "ru"]),
        st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
    ),
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps)
def test_counts_are_those_of_a_recount(steps):
    Entry.objects.all().delete()
    TermStatistic.objects.all().delete()
    PendingCount.objects.all().delete()
    for action, number, locale, text in steps:
        if action == "put":
            entries.put(record(f"n{number}", text, locale, body=text))
        else:
            entries.remove([f"n{number}:{locale}"])
    term_statistics.apply_all_deltas()
    assert stored() == recounted()
    assert PendingCount.objects.count() == 0


def test_a_facet_value_knows_how_many_entries_have_it():
    (first, second) = put(
        record("a", "Бір", values=(place("p", kk="Орал"),)),
        record("b", "Екі", values=(place("p", kk="Орал"),)),
    )
    (value,) = FacetValue.objects.filter(facet="place")
    assert value.entries == 2
    assert value.pk in map(pk_of, first.value_ids)
    entries.remove([second.key])
    term_statistics.apply_all_deltas()
    value.refresh_from_db()
    assert value.entries == 1


def test_an_entry_keeps_its_language():
    put(record("a", "Бір", "kk"))
    with pytest.raises(ValueError, match="keeps its language"):
        entries.put(replace(record("a", "Один", "ru"), key="a:kk"))


def test_words_are_counted_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        entries.put(record("a", "Көпір"))
        assert not TermStatistic.objects.exists()
    assert TermStatistic.objects.get(kind="stem", text="көпір").entries == 1
