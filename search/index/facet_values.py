"""Facet values, with ids that are unique across all facets."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from search.characters import storable
from search.facets import registry
from search.facets.orthography_names import orthography_names
from search.facets.registry import CODE_BITS, CODE_MASK
from search.index import completions, facet_names
from search.index.documents import IndexDocument, Value
from search.kept_rows import kept
from search.languages import analyse
from search.languages.orthographies import orthography_of
from search.models import FacetValue


def value_id_of(value: FacetValue) -> int:
    """Return the id by which entries and engines refer to *value*."""
    return value.pk << CODE_BITS | registry.get(value.facet).code


def facet_of(value_id: int) -> str:
    """Return the facet of the value with this id."""
    return registry.by_code(value_id & CODE_MASK)


def pk_of(value_id: int) -> int:
    """Return the primary key of the value with this id."""
    return value_id >> CODE_BITS


def values_of(record: IndexDocument) -> list[Value]:
    """Return all facet values of *record*, including language, script and dates."""
    day = local_day(record.published_at)
    return [
        Value("language", record.locale, {}),
        Value("year", f"{day:%Y}", {}),
        Value("month", f"{day:%Y-%m}", {}),
        *_script_of(record),
        *record.values,
    ]


def _script_of(record: IndexDocument) -> Iterator[Value]:
    """Yield the orthography of *record*, if its language has several."""
    text = f"{record.title}\n{record.lead}\n{record.body}"
    if key := orthography_of(text, record.tag or record.locale):
        yield Value("script", key, orthography_names(key))


def local_day(moment: datetime) -> date:
    """Return the date of *moment* in the site's time zone.

    An editor abroad publishes on the same day as all others.
    """
    if timezone.is_naive(moment):
        return moment.date()
    return timezone.localdate(moment, timezone.get_default_timezone())


def stored_value_ids(values: Iterable[Value]) -> dict[tuple[str, str], int]:
    """Return the ids of *values* by (facet, key).

    Missing values are created and changed names are saved. Raises ValueError for an
    unknown facet.
    """
    wanted = {(value.facet, value.key): value for value in values}
    for facet, _key in wanted:
        registry.get(facet)  # raises ValueError
    found = _known(wanted)
    missing = [
        FacetValue(
            facet=facet,
            key=key,
            labels=dict(value.labels),
            names=_names(value.labels),
        )
        for (facet, key), value in sorted(wanted.items(), key=lambda pair: pair[0])
        if (facet, key) not in found
    ]
    if missing:
        # Another process may create the same value at the same time: its row is used.
        FacetValue.objects.bulk_create(missing, ignore_conflicts=True)
        found |= _known(
            {(row.facet, row.key): wanted[row.facet, row.key] for row in missing}
        )
    renamed = []
    for name, row in found.items():
        labels = dict(wanted[name].labels)
        if labels and row.labels != labels:
            row.labels, row.names = labels, _names(labels)
            renamed.append(row)
    facet_names.lock(row.pk for row in renamed)
    FacetValue.objects.bulk_update(renamed, ["labels", "names"])
    facet_names.rename(renamed)
    return {name: value_id_of(row) for name, row in found.items()}


def _known(wanted: dict[tuple[str, str], Value]) -> dict[tuple[str, str], FacetValue]:
    keys = {key for _facet, key in wanted}
    rows = FacetValue.objects.filter(key__in=keys)
    return {(row.facet, row.key): row for row in rows if (row.facet, row.key) in wanted}


def rename(facet: str, key: str, labels: Mapping[str, str]) -> None:
    """Rename a facet value, if it exists."""
    labels = {locale: storable(name) for locale, name in labels.items()}
    values = FacetValue.objects.filter(facet=facet, key=storable(key))
    values.update(labels=labels, names=_names(labels))
    facet_names.rename(values)
    completions.refresh_values(values.values_list("pk", flat=True))


def _names(labels: Mapping[str, str]) -> str:
    words = {
        term.folded
        for locale, label in labels.items()
        for term in analyse(label, locale)
    }
    return f" {' '.join(sorted(words))} "


def chosen_value_ids(
    selected: Mapping[str, Iterable[str]], years: tuple[str, str] = ("", "")
) -> dict[str, list[int]]:
    """Return the ids of the values with the *selected* keys, by facet.

    If no years are selected, *years* are the first and the last year of a span; an
    empty string is no bound. Runs at most one query.
    """
    chosen = {facet: keys for facet in selected if (keys := list(selected[facet]))}
    wanted = [Q(facet=facet, key__in=keys) for facet, keys in chosen.items()]
    found: dict[str, list[int]] = {facet: [] for facet in chosen}
    if any(years) and "year" not in chosen:
        first, last = years
        span = Q(facet="year")
        span &= Q(key__gte=first) if first else Q()
        wanted.append(span & Q(key__lte=last) if last else span)
        found["year"] = []
    if not wanted:
        return found
    known: dict[str, list[FacetValue]] = kept("chosen values")
    name = repr((chosen, years))
    if name not in known:
        rows = FacetValue.objects.filter(reduce(or_, wanted))
        known[name] = list(rows.only("facet"))
    for row in known[name]:
        found[row.facet].append(value_id_of(row))
    return found


def value_ids_of(facet: str, keys: Iterable[str]) -> list[int]:
    """Return the ids of the values with these keys; unknown keys are left out."""
    rows = FacetValue.objects.filter(facet=facet, key__in=list(keys)).only("facet")
    return [value_id_of(row) for row in rows]
