"""What the archive is browsed by: facet values in the order of the alphabet, or of how
many entries have them, in one language.

Figures follow a publication when it is absorbed (:mod:`search.vocabulary`), names at
once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet

from search.alphabet import initial, sort_key
from search.batches import batches
from search.facets import registry
from search.models import FacetValue, ValueName

MAX_NAME = 300


def hold(keys: Iterable[int]) -> None:
    """Keep others from the values with these primary keys until the transaction ends.

    Whoever changes values, or what is listed of them, holds them first and all at once:
    in one order, so that nobody waits for one who waits for him. SQLite has one writer.
    """
    if not connection.features.has_select_for_update:
        return
    values = FacetValue.objects.select_for_update(no_key=True)
    list(values.filter(pk__in=set(keys)).order_by("pk").values_list("pk"))


def count(changes: Mapping[tuple[str, int], int]) -> None:
    """Add *changes*, by language and primary key of the value, to what is counted."""
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
    table = connection.ops.quote_name(ValueName._meta.db_table)
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
    """List *values* under their names of today. Two queries, where any is listed."""
    known = {value.pk: value for value in values}
    rows = list(ValueName.objects.filter(value__in=known))
    for row in rows:
        row.name, row.letter, row.sort_key = _named(known[row.value_id], row.locale)
    if rows:
        ValueName.objects.bulk_update(rows, ["name", "letter", "sort_key"])


def _named(value: FacetValue, locale: str) -> tuple[str, str, str]:
    name = value.label(locale).strip()[:MAX_NAME]
    return name, initial(name), sort_key(name, value.pk)


def listed(facet: str, locale: str, *, letter: str = "") -> "QuerySet[ValueName]":
    """The values of *facet* that entries in *locale* have, by the alphabet; only those
    under *letter*, if one is given."""
    rows = ValueName.objects.filter(facet=facet, locale=locale, entries__gt=0)
    return (rows.filter(letter=letter) if letter else rows).order_by("sort_key")


def letters(facet: str, locale: str) -> list[str]:
    """The letters that values are listed under, in the order of the alphabet."""
    rows = listed(facet, locale).order_by().values("letter")
    ordered = rows.annotate(first=Min("sort_key")).order_by("first")
    return [row["letter"] for row in ordered]


def most_named(
    facets: Iterable[str], locale: str, *, limit: int
) -> dict[str, list[ValueName]]:
    """For each facet the values that most entries in *locale* have. One query."""
    wanted = Q(pk__in=[])
    for facet in facets:
        rows = ValueName.objects.filter(facet=facet, locale=locale, entries__gt=0)
        first = rows.order_by("-entries", "value_id")[:limit]
        wanted |= Q(pk__in=first.values("pk"))
    found: defaultdict[str, list[ValueName]] = defaultdict(list)
    for row in ValueName.objects.filter(wanted).order_by("-entries", "value_id"):
        found[row.facet].append(row)
    return dict(found)


def distinct(facets: Iterable[str], locale: str) -> dict[str, int]:
    """How many values of each facet entries in *locale* have. One query."""
    rows = ValueName.objects.filter(
        facet__in=list(facets), locale=locale, entries__gt=0
    ).values("facet")
    return dict(rows.annotate(n=Count("pk")).values_list("facet", "n"))


def neighbours(row: ValueName) -> tuple[ValueName | None, ValueName | None]:
    """The values before and after that of *row* in its list. Two queries."""
    rows = listed(row.facet, row.locale)
    before = rows.filter(sort_key__lt=row.sort_key).order_by("-sort_key").first()
    return before, rows.filter(sort_key__gt=row.sort_key).first()


def total_changes(changes: "Counter[tuple[str, int]]") -> "Counter[int]":
    """*changes* by language and value, added up over the languages."""
    totals: Counter[int] = Counter()
    for (_locale, number), change in changes.items():
        totals[number] += change
    return totals
