"""Rows that the words of a query are compared with, all read by one query."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# A row: three texts and a number. Parts that need fewer have empty ones.
ComparedRow = tuple[str, str, str, int]
# Called for each row of a part, in no particular order.
Taker = Callable[[ComparedRow], None]
# Rows that are fetched at a time.
FETCHED = 2_000


class ComparedRows:
    """Parts of tables, and who compares their rows.

    Rows are passed on as they arrive, so that thousands of them need no memory. Words
    that need the same part share it.
    """

    def __init__(self) -> None:
        self._parts: dict[tuple[str, ...], QuerySet[Any, Any]] = {}
        self._takers: dict[tuple[str, ...], list[Taker]] = {}

    def add(
        self, name: tuple[str, ...], rows: "QuerySet[Any, Any]", take: Taker
    ) -> None:
        """Pass each of *rows* to *take*. Equal names are equal *rows*."""
        self._parts.setdefault(name, rows)
        self._takers.setdefault(name, []).append(take)

    def read(self) -> None:
        """Read all parts with one query, none without parts."""
        selects: list[str] = []
        parameters: list[Any] = []
        takers: list[list[Taker]] = []
        for name, rows in self._parts.items():
            try:
                sql, values = rows.query.sql_with_params()
            except EmptyResultSet:
                continue
            selects.append(f"SELECT {len(takers)}, part.* FROM ({sql}) AS part")
            parameters += values
            takers.append(self._takers[name])
        if not selects:
            return
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(selects), parameters)
            while fetched := cursor.fetchmany(FETCHED):
                for number, *row in fetched:
                    for take in takers[number]:
                        take((row[0], row[1], row[2], row[3]))
