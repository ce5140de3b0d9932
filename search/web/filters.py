"""The filters beside the results: facet values with their counts, names and links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from search.alphabet import alphabetical
from search.engines import FacetCounts
from search.facets import registry
from search.facets.registry import Shown
from search.index.facet_values import pk_of, value_id_of
from search.models import FacetValue
from search.web.params import SearchRequest

# Years since the first newspapers; other facets need no more values than they show.
FACET_SIZE = 150
# As many values as a page that lists a whole facet can hold and a reader can skim.
WHOLE_FACET_SIZE = 1_000


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A value to select or, if selected, to deselect: ``url`` does either.

    ``language`` is that of the label, empty for one of the interface, such as a month.
    ``count`` is None if unknown. ``share`` is the count in per cent of the highest
    count.
    """

    key: str
    label: str
    url: str
    is_selected: bool = False
    count: int | None = None
    share: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """The values of one facet.

    ``all_url`` leads to all of them, if there are more. With ``is_estimated`` their
    counts are approximate.
    """

    facet: str
    heading: str
    choices: list[FilterChoice]
    distinct: int
    all_label: str = ""
    all_url: str = ""
    is_estimated: bool = False

    @property
    def is_dated(self) -> bool:
        return registry.get(self.facet).is_dated


@dataclass(frozen=True, slots=True)
class Chip:
    """A selected filter; ``url`` leads to the same search without it."""

    facet: str
    name: str
    label: str
    url: str
    language: str = ""


def facets_for(asked: SearchRequest) -> tuple[str, ...]:
    """Return the facets to count for *asked*, in the order of the page.

    Months are counted if one year or any month is selected, languages if all are
    searched.
    """
    facets = registry.shown_in(Shown.FILTERS)
    if len(asked.keys("year")) == 1 or asked.keys("month"):
        place = facets.index("year") + 1
        facets = (*facets[:place], "month", *facets[place:])
    return ("language", *facets) if asked.is_everywhere else facets


def rows_for(
    asked: SearchRequest,
    facets: Mapping[str, FacetCounts],
    others: Iterable[int] = (),
    *,
    all_years: bool = False,
) -> dict[int, FacetValue]:
    """Return the values that the page shows, by value id. At most one query.

    They are those in the filters for *facets*, the selected ones, and the values with
    the ids *others*; with *all_years* also every year of the archive.
    """
    years = Q(facet="year") if all_years else None
    return _rows({*_shown_ids(facets), *others}, _selected(asked, facets), years)


def _shown_ids(facets: Mapping[str, FacetCounts]) -> set[int]:
    return {
        value_id
        for facet, counts in facets.items()
        for value_id, _count in counts.values[: _size_counted(facet)]
    }


def _selected(
    asked: SearchRequest, facets: Iterable[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Return the selected keys by facet, with those of *facets* and in their order."""
    chosen = {"language": asked.chosen_languages, **asked.filters}
    chosen |= {name: asked.keys(name) for name in facets}
    return {name: keys for name, keys in chosen.items() if keys}


def filters_of(
    asked: SearchRequest,
    facets: Mapping[str, FacetCounts],
    total: int,
    rows: Mapping[int, FacetValue],
) -> list[Filter]:
    """Return the filters for *facets*.

    *facets* are the counts of the *total* articles found, *rows* the facet values by
    id. A facet is left out if all of its values occur in every article, unless one is
    selected.
    """
    shown = _shown_ids(facets)
    rows = {
        value_id: row
        for value_id, row in rows.items()
        if value_id in shown or row.key in asked.keys(row.facet)
    }
    filters = []
    for facet in facets_for(asked):
        counts = facets.get(facet)
        if counts and (asked.keys(facet) or _narrows(counts, total)):
            choices = _choices(asked, facet, counts, rows)
            filters.append(_filter(asked, facet, counts, _shortened(facet, choices)))
    return filters


def whole_filter(asked: SearchRequest, counts: FacetCounts) -> Filter:
    """Return all values of ``asked.facet``, by name or by count."""
    facet = asked.facet
    rows = _rows((value_id for value_id, _count in counts.values), {})
    choices = _choices(asked, facet, counts, rows)
    if registry.get(facet).is_dated:
        choices.sort(key=lambda choice: choice.key, reverse=True)
    elif not asked.by_count:
        choices.sort(key=lambda choice: alphabetical(choice.label))
    return Filter(
        facet,
        str(registry.get(facet).many),
        choices,
        counts.distinct,
        is_estimated=counts.is_estimated,
    )


def chips_of(
    asked: SearchRequest, values: Iterable[FacetValue] | None = None
) -> list[Chip]:
    """Return the selected filters, in order.

    *values* has the selected values, in any order; if None, one query reads them.
    """
    selected = _selected(asked)
    span = span_label(asked.since, asked.until)
    year = str(registry.get("year").many)
    chips = [Chip("year", year, span, asked.in_years().address())] if span else []
    if not selected:
        return chips
    values = _rows((), selected).values() if values is None else values
    rows = {(row.facet, row.key): row for row in values}
    for facet, keys in selected.items():
        for key in keys:
            value = rows.get((facet, key)) or FacetValue(facet=facet, key=key)
            chips.append(
                Chip(
                    facet,
                    str(registry.get(facet).one),
                    label_of(value, asked),
                    asked.with_keys(facet, (k for k in keys if k != key)).address(),
                    language_of(value, asked),
                )
            )
    return chips


def span_label(since: str, until: str) -> str:
    """Return the label of a span of years, empty without a bound."""
    if since and until:
        return f"{since}–{until}"
    if since:
        return _("since %(year)s") % {"year": since}
    return _("until %(year)s") % {"year": until} if until else ""


def label_of(value: FacetValue, asked: SearchRequest) -> str:
    """Return the name of *value* in the reader's language."""
    label = registry.get(value.facet).label
    return label(value.key) if label else value.label(asked.language)


def language_of(value: FacetValue, asked: SearchRequest) -> str:
    """Return the language of that name, an empty string for one of the interface."""
    is_of_interface = registry.get(value.facet).label is not None
    return "" if is_of_interface else value.label_language(asked.language)


def _narrows(counts: FacetCounts, total: int) -> bool:
    """Return whether at least one value does not occur in all articles."""
    return any(count < total for _number, count in counts.values)


def _rows(
    value_ids: Iterable[int],
    selected: Mapping[str, Iterable[str]],
    others: Q | None = None,
) -> dict[int, FacetValue]:
    wanted = Q(pk__in={pk_of(value_id) for value_id in value_ids})
    if others is not None:
        wanted |= others
    for facet, keys in selected.items():
        if keys:
            wanted |= Q(facet=facet, key__in=list(keys))
    rows = FacetValue.objects.filter(wanted).defer("names")
    return {value_id_of(row): row for row in rows}


def _choices(
    asked: SearchRequest,
    facet: str,
    counts: FacetCounts,
    rows: Mapping[int, FacetValue],
) -> list[FilterChoice]:
    """Return the choices for the values in *rows*, selected ones first."""
    keys = asked.keys(facet)
    counted = dict(counts.values)
    most = max(counted.values(), default=1)
    of_facet = [value_id for value_id in counted if value_id in rows]
    of_facet += [
        value_id
        for value_id, row in rows.items()
        if row.facet == facet and row.key in keys and value_id not in counted
    ]
    # The count of a value that was not counted: zero if all values were counted,
    # otherwise unknown.
    unknown = 0 if counts.distinct <= len(counted) else None
    choices = []
    for value_id in of_facet:
        row, count = rows[value_id], counted.get(value_id, unknown)
        is_selected = row.key in keys
        others = tuple(key for key in keys if key != row.key)
        choices.append(
            FilterChoice(
                key=row.key,
                label=label_of(row, asked),
                url=asked.with_keys(
                    facet, others if is_selected else (*keys, row.key)
                ).address(),
                is_selected=is_selected,
                count=count,
                language=language_of(row, asked),
                share=max(1, round(100 * count / most)) if count else 0,
            )
        )
    return sorted(choices, key=lambda choice: not choice.is_selected)


def _shortened(facet: str, choices: list[FilterChoice]) -> list[FilterChoice]:
    size = registry.get(facet).size
    if facet == "month":
        return sorted(choices, key=lambda choice: choice.key)[-size:]
    if registry.get(facet).is_dated:
        choices = sorted(choices, key=lambda c: (c.is_selected, c.key), reverse=True)
    selected = sum(choice.is_selected for choice in choices)
    return choices[: max(size, selected)]


def _size_counted(facet: str) -> int | None:
    """Return how many of the most frequent values can be shown; None for all."""
    known = registry.get(facet)
    return None if known.is_dated else known.size


def _filter(
    asked: SearchRequest, facet: str, counts: FacetCounts, choices: list[FilterChoice]
) -> Filter:
    names = registry.get(facet)
    has_more = counts.distinct > len(choices)
    shown = f"{'≈ ' if counts.is_distinct_estimated else ''}{counts.distinct}"
    return Filter(
        facet,
        str(names.many),
        choices,
        counts.distinct,
        all_label=str(names.all_of_them) % {"count": shown} if has_more else "",
        all_url=asked.address(facet=facet, page=1) if has_more else "",
        is_estimated=counts.is_estimated,
    )
