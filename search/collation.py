"""Alphabetical order and case-insensitive comparison in the database.

PostgreSQL has both natively; a migration creates the collation. SQLite folds case for
ASCII only and orders characters by their code points.
"""

from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Field, Model, QuerySet, TextField
from django.db.models.functions import Collate
from django.db.models.lookups import (
    BuiltinLookup,
    IContains,
    IEndsWith,
    IExact,
    IStartsWith,
)

from search.alphabet import alphabetical

# Created on PostgreSQL by search/migrations/0007_alphabet.py, on SQLite below.
COLLATION = "archive_alphabet"
# Cached keys of SQLite's comparisons: sorting a list compares each text about twenty
# times. A key takes some 400 bytes.
KEYS_KEPT = 16_384


def alphabetically(field: str) -> Collate:
    """Return an expression that orders by *field* as :mod:`search.alphabet` does."""
    return Collate(field, COLLATION)


def sorted_by_alphabet(queryset: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return *queryset* with its text columns sorted by the alphabet.

    Only names of text columns in ``order_by`` are replaced; other columns and
    expressions stay.
    """
    order = [_by_alphabet(queryset.model, one) for one in queryset.query.order_by]
    if all(one is old for one, old in zip(order, queryset.query.order_by, strict=True)):
        return queryset
    return queryset.order_by(*order)


def _by_alphabet(model: type[Model], order: Any) -> Any:
    if not isinstance(order, str):
        return order
    name = order.lstrip("-+")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:  # an annotation, "?" or a column of another table
        return order
    if not isinstance(field, CharField | TextField) or field.choices:
        return order
    place = alphabetically(name)
    return place.desc() if order.startswith("-") else place.asc()


def prepare_sqlite(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Register the collation and ``casefold()`` on a new SQLite connection."""
    if connection.vendor != "sqlite":
        return
    connection.connection.create_collation(COLLATION, compare)
    connection.connection.create_function("casefold", 1, casefold, deterministic=True)


def compare(one: str, other: str) -> int:
    """Return -1, 0 or 1, as SQLite expects of a collation."""
    ours, theirs = (_key(one), one), (_key(other), other)
    return (ours > theirs) - (ours < theirs)


@lru_cache(maxsize=KEYS_KEPT)
def _key(text: str) -> str:
    """Return the pairs of ``alphabetical`` as text: smaller and faster to compare."""
    return "".join(f"{script}{chr(place)}" for script, place in alphabetical(text))


def casefold(text: Any) -> Any:
    return text.casefold() if isinstance(text, str) else text


class CaseFolded(BuiltinLookup):  # type: ignore[type-arg]
    """A lookup that compares texts case-insensitively in any alphabet."""

    def as_sqlite(
        self, compiler: Any, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        field, parameters = self.process_lhs(compiler, connection)
        value, more = self.process_rhs(compiler, connection)
        pattern = self.get_rhs_op(connection, f"casefold({value})")
        return f"casefold({field}) {pattern}", [*parameters, *more]


LOOKUPS: "list[type[BuiltinLookup[Any]]]" = [
    type(lookup.__name__, (CaseFolded, lookup), {})
    for lookup in (IExact, IContains, IStartsWith, IEndsWith)
]


def register_lookups() -> None:
    """Register the lookups above for the text fields of every model."""
    texts: tuple[type[Field[Any, Any]], ...] = (CharField, TextField)
    for field in texts:
        for lookup in LOOKUPS:
            field.register_lookup(lookup)
