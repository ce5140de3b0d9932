"""Cells of exported spreadsheets are never formulas."""

import pytest
from django.urls import get_resolver
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from newsroom.admin.spreadsheets import plain_cell


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", "\xa0=1", "＝1", "－1"]
)
def test_a_cell_that_begins_like_a_formula_is_text(text):
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1", "қала", "a=b", "'=1", "2026-11-30"])
def test_other_cells_are_unchanged(text):
    assert plain_cell(text) == text


def subclasses(view: type) -> set[type]:
    found = set(view.__subclasses__())
    return found.union(*map(subclasses, found))


def test_no_export_of_the_admin_writes_its_cells_in_another_way():
    assert get_resolver().url_patterns  # imports the views
    views = subclasses(SpreadsheetExportMixin)
    assert len(views) > 10
    for name in ("preprocess_field_value", "write_csv_row", "stream_csv"):
        method = getattr(SpreadsheetExportMixin, name)
        own = {view for view in views if getattr(view, name) is not method}
        assert not own
    view = SpreadsheetExportMixin()
    assert view.preprocess_field_value("title", "=1", "csv") == "'=1"
    assert view.preprocess_field_value("title", "=1", "xlsx") == "=1"  # a text cell
