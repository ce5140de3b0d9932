"""Lists of facet values for browsing in one language, by name or by frequency.

Counts change when the deltas of a publication are applied (see
:mod:`search.index.term_statistics`), names change at once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet

from search.alphabet import initial, sort_key
from search.batches import batches
from search.facets import registry
from search.models import FacetName, FacetValue

MAX_NAME = 300


def lock(keys: Iterable[int]) -> None:
    """Lock the facet values with these primary keys until the transaction ends.

    Lock FacetValue rows in primary key order before any update of values or of their
    names, so that concurrent transactions cannot deadlock. SQLite has a single writer
    and needs no locks.
    """
    if not connection.features.has_select_for_update:
        return
    values = FacetValue.objects.select_for_update(no_key=True)
    list(values.filter(pk__in=set(keys)).order_by("pk").values_list("pk"))


def count(changes: Mapping[tuple[str, int], int]) -> None:
    """Add *changes* to the counts, by language and primary key of the value."""
    changed = {pair: change for pair, change in changes.items() if change}
    values = FacetValue.objects.filter(
        pk__in={pk for _locale, pk in changed}, facet__in=registry.named()
    )
    known = {value.pk: value for value in values.defer("names")}
    rows = [
        (pk, known[pk].facet, locale, *_named(known[pk], locale), changed[locale, pk])
        for locale, pk in sorted(changed)
        if pk in known
    ]
    table = connection.ops.quote_name(FacetName._meta.db_table)
    places = "(%s, %s, %s, %s, %s, %s, %s)"
    with connection.cursor() as cursor:
        for part in batches(rows, 100):
            cursor.execute(
                f"INSERT INTO {table}"
                " (value_id, facet, locale, name, letter, sort_key, entries)"
                f" VALUES {', '.join([places] * len(part))}"
                " ON CONFLICT (value_id, locale) DO UPDATE SET"
                f" entries = {table}.entries + excluded.entries",
                list(chain.from_iterable(part)),
            )


def rename(values: Iterable[FacetValue]) -> None:
    """Update the listed names of *values*. Two queries, one if none is listed."""
    known = {value.pk: value for value in values}
    rows = list(FacetName.objects.filter(value__in=known))
    for row in rows:
        row.name, row.letter, row.sort_key = _named(known[row.value_id], row.locale)
    if rows:
        FacetName.objects.bulk_update(rows, ["name", "letter", "sort_key"])


def _named(value: FacetValue, locale: str) -> tuple[str, str, str]:
    name = value.label(locale).strip()[:MAX_NAME]
    return name, initial(name), sort_key(name, value.pk)


def listed(facet: str, locale: str, *, letter: str = "") -> "QuerySet[FacetName]":
    """Return the values of *facet* that entries in *locale* have, alphabetically.

    With *letter*, only values under that letter are returned.
    """
    rows = FacetName.objects.filter(facet=facet, locale=locale, entries__gt=0)
    rows = rows.select_related("value").defer("value__names")
    return (rows.filter(letter=letter) if letter else rows).order_by("sort_key")


def letters(facet: str, locale: str) -> list[str]:
    """Return the letters that values are listed under, alphabetically."""
    rows = listed(facet, locale).order_by().values("letter")
    ordered = rows.annotate(first=Min("sort_key")).order_by("first")
    return [row["letter"] for row in ordered]


def most_named(
    facets: Iterable[str], locale: str, *, limit: int
) -> dict[str, list[FacetName]]:
    """Return the most frequent values in *locale* for each facet. One query."""
    wanted = Q(pk__in=[])
    for facet in facets:
        rows = FacetName.objects.filter(facet=facet, locale=locale, entries__gt=0)
        first = rows.order_by("-entries", "value_id")[:limit]
        wanted |= Q(pk__in=first.values("pk"))
    found: defaultdict[str, list[FacetName]] = defaultdict(list)
    rows = FacetName.objects.filter(wanted).select_related("value")
    for row in rows.defer("value__names").order_by("-entries", "value_id"):
        found[row.facet].append(row)
    return dict(found)


def distinct(facets: Iterable[str], locale: str) -> dict[str, int]:
    """Return the number of values that *locale* has for each facet. One query."""
    rows = FacetName.objects.filter(
        facet__in=list(facets), locale=locale, entries__gt=0
    ).values("facet")
    return dict(rows.annotate(n=Count("pk")).values_list("facet", "n"))


def neighbours(row: FacetName) -> tuple[FacetName | None, FacetName | None]:
    """Return the values before and after *row* in its list. Two queries."""
    rows = listed(row.facet, row.locale)
    before = rows.filter(sort_key__lt=row.sort_key).order_by("-sort_key").first()
    return before, rows.filter(sort_key__gt=row.sort_key).first()


def total_changes(changes: "Counter[tuple[str, int]]") -> "Counter[int]":
    """Sum *changes*, by language and value, over the languages."""
    totals: Counter[int] = Counter()
    for (_locale, value_id), change in changes.items():
        totals[value_id] += change
    return totals
