"""Term statistics: numbers of entries with a term, for ranking and suggestions.

A publication only records a delta (:func:`record_deltas`). The deltas are applied
afterwards (:func:`apply_deltas`), so that two publications never wait for each other
because of a common word. The counts only weight terms: a short lag changes no result.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from search.batches import batches
from search.index import completions, facet_names
from search.index.facet_values import pk_of
from search.index.fields import FIELDS
from search.kept_rows import kept
from search.languages.language import PREFIX_LENGTH
from search.languages.registry import language
from search.models import Entry, FacetValue, PendingCount, TermStatistic
from search.packing import unpack

STEM, PREFIX, TOTAL = "stem", "prefix", "total"
ENTRIES = "entries"  # the total of entries; totals of words are named for their field
# Deltas applied in one transaction: after a publication, and after a bulk load, where
# the same words recur.
APPLIED_AT_ONCE, APPLIED_OF_MANY = 100, 500
# More pending deltas than this after a commit indicate a bulk load: they are left to
# the worker or to the end of the load.
APPLIED_AFTER_COMMIT = 5

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """The contribution of one entry to the term statistics.

    ``stems`` maps each stem to a word that has it.
    """

    locale: str = ""
    stems: dict[str, str] = field(default_factory=dict)
    prefixes: frozenset[str] = frozenset()
    totals: dict[str, int] = field(default_factory=dict)
    values: frozenset[int] = frozenset()


NOTHING = Counts()


def counts_of(entry: Entry) -> Counts:
    """Return what *entry* in its current state adds to the term statistics."""
    stems: dict[str, str] = {}
    prefixes: set[str] = set()
    totals = {ENTRIES: 1}
    stems_are_words = language(entry.locale).stems_are_words
    for name in FIELDS:
        exact = getattr(entry, f"{name}_exact").split()
        found = getattr(entry, f"{name}_stems").split()
        totals[name] = len(exact)
        prefixes |= {word[:PREFIX_LENGTH] for word in exact}
        # If every word has one stem, words and stems correspond by position.
        beside = len(exact) == len(found) and not stems_are_words
        shown = exact if beside else found
        for stem, word in zip(found, shown, strict=True):
            if stem not in stems or len(word) < len(stems[stem]):
                stems[stem] = word
    values = frozenset(unpack(entry.facet_values))
    return Counts(entry.locale, stems, frozenset(prefixes), totals, values)


def record_deltas(changed: Iterable[tuple[str, Counts, Counts]]) -> None:
    """Record deltas for changed entries, given as (key, before, after)."""
    notes = []
    for key, before, after in changed:
        counts = _difference(before, after)
        notes.append(PendingCount(key=key, counts=counts))
    if notes:
        PendingCount.objects.bulk_create(notes)
        transaction.on_commit(apply_some_deltas, robust=True)


def _difference(before: Counts, after: Counts) -> dict[str, Any]:
    if before.locale != after.locale and before.locale and after.locale:
        raise ValueError("An entry keeps its language: remove it, and put another.")
    totals = Counter(after.totals)
    totals.subtract(before.totals)
    return {
        "locale": after.locale or before.locale,
        "stems": [
            {s: w for s, w in after.stems.items() if s not in before.stems},
            [stem for stem in before.stems if stem not in after.stems],
        ],
        "prefixes": _both_ways(before.prefixes, after.prefixes),
        "values": _both_ways(before.values, after.values),
        "totals": {name: change for name, change in totals.items() if change},
    }


def _both_ways(before: frozenset[Any], after: frozenset[Any]) -> list[list[Any]]:
    return [sorted(after - before), sorted(before - after)]


def apply_some_deltas() -> None:
    """Apply the deltas of a publication, unless many more are pending."""
    waiting = PendingCount.objects.order_by("pk").values_list("pk", flat=True)
    if len(waiting[: APPLIED_AFTER_COMMIT + 1]) <= APPLIED_AFTER_COMMIT:
        apply_deltas()


def apply_all_deltas() -> int:
    """Apply all pending deltas; return their number."""
    total = 0
    while applied := apply_deltas(APPLIED_OF_MANY):
        total += applied
    return total


@transaction.atomic
def apply_deltas(limit: int = APPLIED_AT_ONCE) -> int:
    """Apply up to *limit* pending deltas; safe to run concurrently (SKIP LOCKED).

    Each delta is applied once. Returns the number applied.
    """
    waiting = PendingCount.objects.order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    notes = list(waiting[:limit])
    if not notes:
        return 0
    changes: Counter[_Key] = Counter()
    shown: dict[_Key, str] = {}
    values: Counter[tuple[str, int]] = Counter()
    for pending in notes:
        _add_up(pending.counts, changes, shown, values)
    _write(changes, shown)
    totals = facet_names.total_changes(values)
    facet_names.lock(map(pk_of, totals))
    facet_names.count({(loc, pk_of(n)): change for (loc, n), change in values.items()})
    for change, value_ids in _by_change(totals):
        rows = FacetValue.objects.filter(pk__in=map(pk_of, value_ids))
        rows.update(entries=F("entries") + change)
    completions.refresh_values(map(pk_of, totals))
    completions.refresh_entries({pending.key for pending in notes})
    PendingCount.objects.filter(pk__in=[pending.pk for pending in notes]).delete()
    return len(notes)


def _add_up(
    counts: dict[str, Any],
    changes: "Counter[_Key]",
    shown: dict[_Key, str],
    values: "Counter[tuple[str, int]]",
) -> None:
    locale = counts["locale"]
    added, dropped = counts["stems"]
    for stem, word in added.items():
        key = (locale, STEM, stem)
        if key not in shown or len(word) < len(shown[key]):
            shown[key] = word
    for kind, more, fewer in ((STEM, added, dropped), (PREFIX, *counts["prefixes"])):
        changes.update((locale, kind, text) for text in more)
        changes.subtract((locale, kind, text) for text in fewer)
    for name, change in counts["totals"].items():
        changes[locale, TOTAL, name] += change
    more, fewer = counts["values"]
    values.update((locale, value_id) for value_id in more)
    values.subtract((locale, value_id) for value_id in fewer)


def _by_change(values: "Counter[int]") -> Iterator[tuple[int, list[int]]]:
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for value_id, change in values.items():
        if change:
            alike[change].append(value_id)
    yield from alike.items()


def _write(changes: "Counter[_Key]", shown: dict[_Key, str]) -> None:
    """Add *changes* to the counts, in a fixed order that prevents deadlocks."""
    changed = sorted(key for key, change in changes.items() if change)
    rows = [
        (
            locale,
            kind,
            text,
            folded(text, locale) if kind == STEM else "",
            shown.get((locale, kind, text), ""),
            changes[locale, kind, text],
        )
        for locale, kind, text in changed
    ]
    table = connection.ops.quote_name(TermStatistic._meta.db_table)
    places = "(%s, %s, %s, %s, %s, %s)"
    with connection.cursor() as cursor:
        for part in batches(rows, 100):
            cursor.execute(
                f"INSERT INTO {table} (locale, kind, text, folded, shown, entries)"
                f" VALUES {', '.join([places] * len(part))}"
                " ON CONFLICT (locale, kind, text) DO UPDATE SET"
                f" entries = {table}.entries + excluded.entries,"
                f" shown = CASE WHEN {table}.shown = '' OR (excluded.shown <> '' AND"
                f" length(excluded.shown) < length({table}.shown))"
                f" THEN excluded.shown ELSE {table}.shown END",
                list(chain.from_iterable(part)),
            )
    completions.refresh_stems(
        {(locale, text) for locale, kind, text in changed if kind == STEM}
    )


@lru_cache(maxsize=1 << 16)
def folded(stem: str, locale: str) -> str:
    """Return the key of a stem, the same in any script."""
    return language(locale).key(stem)[:100]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The term statistics of the searched languages, taken together."""

    entries: int
    average_length: dict[str, float]
    stems: dict[str, int]
    prefixes: dict[str, int]


def counts_of_terms(terms: Iterable[_Key]) -> dict[_Key, int]:
    """Return the numbers of entries of *terms*, given as (locale, kind, text).

    Runs one query, none if all counts are kept (:mod:`search.kept_rows`).
    """
    known: dict[_Key, int] = kept("terms")
    terms = set(terms)
    if missing := terms - known.keys():
        known.update(dict.fromkeys(missing, 0))
        rows = TermStatistic.objects.filter(
            locale__in={locale for locale, _kind, _text in missing},
            kind__in=[STEM, PREFIX, TOTAL],
            text__in={text for _locale, _kind, text in missing},
        )
        columns = rows.values_list("locale", "kind", "text", "entries")
        for locale, kind, text, entries in columns:
            known[locale, kind, text] = entries
    return {term: known[term] for term in terms}


def statistics(
    locales: Iterable[str], stems: Iterable[str], prefixes: Iterable[str]
) -> Statistics:
    """Return the counts of these terms in *locales*. At most one query."""
    locales, stems, prefixes = set(locales), set(stems), set(prefixes)
    wanted = {(TOTAL, name) for name in (ENTRIES, *FIELDS)}
    wanted |= {(STEM, stem) for stem in stems}
    wanted |= {(PREFIX, prefix) for prefix in prefixes}
    sums: Counter[tuple[str, str]] = Counter()
    for (_locale, kind, text), entries in counts_of_terms(
        (locale, kind, text) for locale in locales for kind, text in wanted
    ).items():
        sums[kind, text] += max(entries, 0)
    total = sums[TOTAL, ENTRIES]
    return Statistics(
        entries=total,
        average_length={field: sums[TOTAL, field] / max(total, 1) for field in FIELDS},
        stems={stem: sums[STEM, stem] for stem in stems},
        prefixes={prefix: sums[PREFIX, prefix] for prefix in prefixes},
    )
