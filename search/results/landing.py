"""The entries of one facet value: a person, a place, a section, a source."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from search.engines import NEWEST_FIRST, OLDEST_FIRST, FacetCounts, Request
from search.engines.choice import ask
from search.engines.timing import one_search
from search.facets import registry
from search.facets.registry import Shown
from search.index.facet_values import pk_of, value_id_of, value_ids_of
from search.index.fields import COLUMN_NAMES
from search.index.filter_terms import value_mark
from search.models import Entry, FacetValue
from search.plan.clauses import FlagMatch
from search.results.dates import day_of

# Years since the first newspapers.
MAX_COUNTED = 150
# Pages of a list that readers can open.
MAX_PAGES = 2_000


@dataclass(frozen=True, slots=True)
class Companion:
    """A value that ``count`` of the entries have as well."""

    value: FacetValue
    count: int


@dataclass(frozen=True, slots=True)
class Filed:
    """The entries of one language that have a value, with statistics.

    ``entries`` are those of page ``page``, newest first. ``languages`` and ``years``
    are the numbers of entries by language and by year. ``together`` lists other values
    of the same entries by facet.
    """

    total: int
    page: int
    entries: list[Entry]
    first: date | None
    last: date | None
    years: Mapping[int, int]
    languages: Mapping[str, int]
    together: Mapping[str, list[Companion]]


@one_search()
def filed_under(
    value: FacetValue, locale: str, *, page: int, per_page: int, companions: int
) -> Filed:
    """Return the entries in *locale* that have *value*.

    A page number past the last page gives the last page. The number of queries is
    constant, except for the pages after the first and for page numbers past the last.
    """
    page = max(1, min(page, MAX_PAGES))
    together = registry.shown_in(Shown.TOGETHER)
    language = frozenset(map(value_mark, value_ids_of("language", [locale])))
    request = Request(
        clause=FlagMatch(frozenset([value_mark(value_id_of(value))])),
        selected={"language": language or frozenset(["-"])},
        order=NEWEST_FIRST,
        offset=(page - 1) * per_page,
        limit=per_page,
        facets=("language", "year", *together),
        facet_size=MAX_COUNTED,
    )
    answer, _asked = ask(request)
    pages = min(max(1, -(-answer.total // per_page)), MAX_PAGES)
    if page > pages:
        return filed_under(
            value, locale, page=pages, per_page=per_page, companions=companions
        )
    oldest, _asked = ask(replace(request, order=OLDEST_FIRST, offset=0, limit=1))
    newest = answer
    if page > 1:
        newest, _asked = ask(replace(request, offset=0, limit=1))
    entries = _entries([*answer.ids, *oldest.ids, *newest.ids])
    counted = _counted(answer.facets, companions + 1)
    years = [(int(row.key), count) for row, count in counted["year"]]
    return Filed(
        total=answer.total,
        page=page,
        entries=[entries[pk] for pk in answer.ids if pk in entries],
        first=_day_of(oldest.ids, entries),
        last=_day_of(newest.ids, entries),
        years=dict(sorted(years, reverse=True)),
        languages={row.key: count for row, count in counted["language"]},
        together={
            facet: [
                Companion(row, count) for row, count in counted[facet] if row != value
            ][:companions]
            for facet in together
        },
    )


def _entries(ids: list[int]) -> dict[int, Entry]:
    return Entry.objects.defer(*COLUMN_NAMES, "marks", "body").in_bulk(ids)


def _day_of(ids: tuple[int, ...], entries: Mapping[int, Entry]) -> date | None:
    return next((day_of(entries[pk].published) for pk in ids if pk in entries), None)


def _counted(
    facets: Mapping[str, FacetCounts], companions: int
) -> dict[str, list[tuple[FacetValue, int]]]:
    """Return the counted values with their counts, highest count first. One query.

    All years and languages are returned, of other facets the first *companions*.
    """
    counted = {
        facet: counts.values[: None if facet in ("language", "year") else companions]
        for facet, counts in facets.items()
    }
    pks = {pk_of(value_id) for pairs in counted.values() for value_id, _count in pairs}
    rows = FacetValue.objects.defer("names").in_bulk(pks)
    return {
        facet: [
            (rows[pk_of(value_id)], count)
            for value_id, count in pairs
            if pk_of(value_id) in rows
        ]
        for facet, pairs in counted.items()
    }
