"""Cells of exported spreadsheets."""

from typing import Any

# Spreadsheet programs treat a cell that begins with one of these as a formula, and some
# skip blanks before them or accept their wide forms.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain_cell(text: str) -> str:
    """Return *text* such that a spreadsheet program does not treat it as a formula."""
    return f"'{text}" if text.lstrip(" \xa0").startswith(FORMULA_SIGNS) else text


def guard_csv_exports() -> None:
    """Make every CSV export of the admin write text cells with :func:`plain_cell`.

    Wagtail does so for XLSX only. Titles, names and typed user names come from others.
    """
    from wagtail.admin.views.mixins import SpreadsheetExportMixin

    preprocess = SpreadsheetExportMixin.preprocess_field_value

    def guarded(view: Any, field: str, value: Any, export_format: str) -> Any:
        cell = preprocess(view, field, value, export_format)
        is_text = isinstance(cell, str) and export_format == view.FORMAT_CSV
        return plain_cell(cell) if is_text else cell

    SpreadsheetExportMixin.preprocess_field_value = guarded
