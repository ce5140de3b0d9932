"""Rows of several models, read by one query.

Each part of the batch selects the rows of one model as JSON arrays; the parts are
joined by ``UNION ALL``. A page that shows small parts of many tables needs one query
for them instead of one for each.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive

# The function that makes a JSON array, and bytes as hexadecimal digits.
JSON_ARRAY = {"sqlite": "json_array({})", "postgresql": "json_build_array({})::text"}
HEXADECIMAL = {"sqlite": "hex({})", "postgresql": "encode({}, 'hex')"}


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of *model* that match *where*, an SQL condition.

    ``where`` names the columns of the model and, if it inherits from another model,
    those of that table, and has a ``%s`` for each of ``parameters``. Only ``fields``
    are read (default: all but binary ones); the others are deferred.
    """

    label: str
    model: type[models.Model]
    where: str
    parameters: Sequence[Any] = ()
    fields: tuple[str, ...] = ()


class Batch:
    """The rows of several parts, by label, in the order of their primary keys.

    ``raw`` contains what the database returned: two batches with equal ``raw`` have
    the same rows.
    """

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = {part.label: part for part in parts}
        self.raw = _read(tuple(self._parts.values()))

    def rows(self, label: str) -> list[Any]:
        """Return new instances of the rows of the part *label*; none without it."""
        part = self._parts.get(label)
        if part is None:
            return []
        columns = _columns(part.model, part.fields)
        converters = [convert for _name, _sql, convert in columns]
        names = [name for name, _sql, _convert in columns]
        rows = [
            part.model.from_db(
                connection.alias,
                names,
                [
                    value if value is None or convert is None else convert(value)
                    for value, convert in zip(json.loads(text), converters, strict=True)
                ],
            )
            for found, text in self.raw
            if found == label
        ]
        return sorted(rows, key=lambda row: row.pk)


def id_list(ids: Iterable[Any]) -> tuple[str, list[Any]]:
    """Return the SQL of a list for ``IN`` and its parameters; an empty one matches 0.

    No row has the primary key 0.
    """
    ids = list(ids) or [0]
    return f"({', '.join(['%s'] * len(ids))})", ids


def key(value: UUID) -> Any:
    """Return *value* as a parameter for the column of a UUID field."""
    return models.UUIDField().get_db_prep_value(value, connection)


def _read(parts: tuple[Part, ...]) -> tuple[tuple[str, str], ...]:
    sql = " UNION ALL ".join(
        _select(part.label, part.model, part.fields, connection.vendor) + part.where
        for part in parts
    )
    parameters = [value for part in parts for value in part.parameters]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return tuple(sorted(cursor.fetchall()))


@cache
def _select(
    label: str, model: type[models.Model], fields: tuple[str, ...], vendor: str
) -> str:
    columns = ", ".join(sql for _name, sql, _convert in _columns(model, fields))
    array = JSON_ARRAY[vendor].format(columns)
    return f"SELECT '{label}', {array} FROM {_tables(model)} WHERE "


def _tables(model: type[models.Model]) -> str:
    own = model._meta.db_table
    tables = f'"{own}"'
    for parent, link in model._meta.parents.items():
        table = parent._meta.db_table
        if link is not None:
            tables += (
                f' JOIN "{table}" ON "{table}"."{parent._meta.pk.column}"'
                f' = "{own}"."{link.column}"'
            )
    return tables


@cache
def _columns(
    model: type[models.Model], names: tuple[str, ...]
) -> list[tuple[str, str, Callable[[Any], Any] | None]]:
    """Return the attribute, the SQL and the converter of each field."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if (field.name in names or field.primary_key)
        or (not names and not isinstance(field, models.BinaryField))
    ]
    return [(f.attname, _sql(f), _converter(f)) for f in fields]


def _sql(field: models.Field) -> str:
    column = f'"{field.model._meta.db_table}"."{field.column}"'
    if isinstance(field, models.BinaryField):
        return HEXADECIMAL[connection.vendor].format(column)
    return column


def _converter(field: models.Field) -> Callable[[Any], Any] | None:
    """Return the function that turns a value from JSON into one of *field*.

    None if the value needs no conversion.
    """
    field = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(field, models.BinaryField):
        return bytes.fromhex
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return parse_date
    if isinstance(field, models.UUIDField):
        return UUID
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.JSONField):
        return _from_json
    return None


def _moment(text: str) -> Any:
    moment = parse_datetime(text)
    return moment.replace(tzinfo=UTC) if moment and is_naive(moment) else moment


def _from_json(value: Any) -> Any:
    """Return the value of a JSON column, which SQLite returns as text."""
    return json.loads(value) if isinstance(value, str) else value
