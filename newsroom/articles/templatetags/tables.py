"""Cells of an article's tables, as their template needs them."""

import re
from dataclasses import dataclass
from typing import Any

from django import template

register = template.Library()

# «1 204,8», «+12,6 %», "−14.0", «412,5 ₸», or the dash that means "no figure".
NUMBER = re.compile(r"[+\-−–]?[\s.,]*+\d[\d\s.,]*+[%‰₸$€₽]?")
NO_FIGURE = {"", "-", "–", "—", "…"}


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: its text, its ``scope`` if it is a header, whether it holds figures."""

    text: str
    scope: str
    is_number: bool


@register.simple_tag
def table_rows(table: dict[str, Any] | None) -> dict[str, list[list[TableCell]]]:
    """Return the rows of a table block's value, divided into ``head`` and ``body``.

    A column holds figures if every cell below the header is a number or stands for a
    missing one. Figures are aligned, so that they can be compared.
    """
    table = table or {}
    texts = [
        [str(cell if cell is not None else "").strip() for cell in row]
        for row in table.get("data") or []
    ]
    head_rows = 1 if table.get("first_row_is_table_header") else 0
    figures = _columns_of_figures(texts[head_rows:])
    first_is_header = bool(table.get("first_col_is_header"))
    rows = [
        [
            TableCell(
                text,
                scope="col"
                if number < head_rows
                else "row"
                if first_is_header and column == 0
                else "",
                is_number=column in figures,
            )
            for column, text in enumerate(row)
        ]
        for number, row in enumerate(texts)
    ]
    return {"head": rows[:head_rows], "body": rows[head_rows:]}


def _columns_of_figures(rows: list[list[str]]) -> set[int]:
    return {
        column
        for column, texts in enumerate(zip(*rows, strict=False))
        if any(map(NUMBER.fullmatch, texts))
        and all(NUMBER.fullmatch(text) or text in NO_FIGURE for text in texts)
    }
