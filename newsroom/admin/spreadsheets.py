"""Cells of exported spreadsheets."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.utils.translation import get_language, override

Row = TypeVar("Row")

# Spreadsheet programs treat a cell that begins with one of these as a formula, and some
# skip blanks before them or accept their wide forms.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain_cell(text: str) -> str:
    """Return *text* such that a spreadsheet program does not treat it as a formula."""
    return f"'{text}" if text.lstrip(" \xa0").startswith(FORMULA_SIGNS) else text


def guard_csv_exports() -> None:
    """Make every CSV export of the admin write text cells with :func:`plain_cell`.

    Wagtail does so for XLSX only. Titles, names and typed user names come from others.
    The rows are made while the response is sent, when the user's language is no longer
    active: activate it for each.
    """
    from wagtail.admin.views.mixins import SpreadsheetExportMixin

    preprocess = SpreadsheetExportMixin.preprocess_field_value
    stream = SpreadsheetExportMixin.stream_csv

    def guarded(view: Any, field: str, value: Any, export_format: str) -> Any:
        cell = preprocess(view, field, value, export_format)
        is_text = isinstance(cell, str) and export_format == view.FORMAT_CSV
        return plain_cell(cell) if is_text else cell

    def stream_csv(view: Any, queryset: Any) -> Iterator[bytes]:
        return in_language(get_language(), stream(view, queryset))

    SpreadsheetExportMixin.preprocess_field_value = guarded
    SpreadsheetExportMixin.stream_csv = stream_csv


def in_language(language: str | None, rows: Iterator[Row]) -> Iterator[Row]:
    """Yield *rows*; each is made with *language* active."""
    while True:
        with override(language):
            try:
                row = next(rows)
            except StopIteration:
                return
        yield row
