"""Facet values that a filter in a query names: `person:Асан`, `бөлім:"Ел мен жер"`."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from search.kept_rows import kept
from search.languages import analyse, analyse_query
from search.models import FacetValue

# `person:а` may match half of all persons; only this many are searched for.
MAX_NAMED = 200

# A facet, the text typed for one of its values, and the languages it is read in.
Named = tuple[str, str, tuple[str, ...]]


def named(facet: str, text: str, locales: Iterable[str]) -> list[FacetValue]:
    """Return the values of *facet* that *text* names, with their key and names.

    A value matches if one of its names is *text*, or if *text* is its key. If none is,
    it matches if its names contain all words of *text*, in any inflected form and
    script. At most :data:`MAX_NAMED` values are returned. At most one query.
    """
    one: Named = (facet, text, tuple(locales))
    found = _rows([one])[one]
    typed = {(locale, _folded(text, locale)) for locale in one[2]}
    exact = [row for row in found if _is_called(row, text, typed)]
    return sorted(exact or found, key=lambda row: row.pk)


def read_ahead(wanted: Iterable[Named]) -> None:
    """Read with one query what :func:`named` needs for all of *wanted*.

    Useful only while rows are kept (:mod:`search.kept_rows`).
    """
    _rows(wanted)


def _rows(wanted: Iterable[Named]) -> dict[Named, list[FacetValue]]:
    """Return the rows for each of *wanted*; those not kept yet take one query."""
    known: dict[Named, list[FacetValue]] = kept("named values")
    wanted = list(dict.fromkeys(wanted))
    missing = [one for one in wanted if one not in known]
    known.update((one, []) for one in missing)
    selects: list[str] = []
    parameters: list[Any] = []
    for number, one in enumerate(missing):
        try:
            sql, values = _shortest(*one).query.sql_with_params()
        except EmptyResultSet:
            continue
        selects.append(f"SELECT part.*, {number} AS number FROM ({sql}) AS part")
        parameters += values
    if selects:
        rows: Iterable[Any] = FacetValue.objects.raw(
            " UNION ALL ".join(selects), parameters
        )
        for row in rows:
            known[missing[row.number]].append(row)
    return {one: known[one] for one in wanted}


def _shortest(facet: str, text: str, locales: tuple[str, ...]) -> QuerySet[FacetValue]:
    """Return the values that match, those with the shortest names first."""
    words = analyse_query(text, locales)
    by_name = Q(pk__isnull=not words)
    for word in words:
        either = Q(pk__isnull=True)
        for alternative in word.alternatives:
            either |= Q(names__contains=f" {alternative.term.folded} ")
        by_name &= either
    rows = FacetValue.objects.filter(Q(key=text.strip().lower()) | by_name, facet=facet)
    shortest = rows.only("facet", "key", "labels").order_by(Length("names"), "pk")
    return shortest[:MAX_NAMED]


def _is_called(
    value: FacetValue, text: str, typed: set[tuple[str, tuple[str, ...]]]
) -> bool:
    """Return whether *text*, *typed* in several languages, is a whole name."""
    if value.key == text.strip().lower():
        return True
    return any(
        (locale, _folded(label, locale)) in typed
        for locale, label in value.labels.items()
    )


def _folded(text: str, locale: str) -> tuple[str, ...]:
    return tuple(term.folded for term in analyse(text, locale))
