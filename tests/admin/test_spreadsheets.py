"""Cells of exported spreadsheets are never formulas."""

import pytest

from newsroom.admin.spreadsheets import plain_cell


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", "\xa0=1", "＝1", "－1"]
)
def test_a_cell_that_begins_like_a_formula_is_text(text):
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1", "қала", "a=b", "'=1", "2026-11-30"])
def test_other_cells_are_unchanged(text):
    assert plain_cell(text) == text
