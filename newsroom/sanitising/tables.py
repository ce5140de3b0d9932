"""A table of a document that is split, in the format of the archive's table block."""

from dataclasses import dataclass, field
from typing import Any

MAX_SPAN = 100  # browsers allow 1,000 columns; a table here has the width of a page


@dataclass
class Table:
    """Rows of plain text. A merged cell has its text in the first of its positions."""

    rows: list[list[str]] = field(default_factory=list)
    caption: str = ""
    strays: list[str] = field(default_factory=list)  # text outside cells
    merged: list[str] = field(default_factory=list)  # the text of each merged cell
    heads: list[bool] = field(default_factory=list)
    _is_open: bool = False
    _is_merged: bool = False
    _place: int = 0
    _below: dict[int, int] = field(default_factory=dict)  # column → rows still covered

    def begin_row(self) -> None:
        self.rows.append([])
        self.heads.append(True)
        self._is_open = False
        self._skip_covered()

    def begin_cell(self, attributes: dict[str, str], *, is_head: bool) -> None:
        if not self.rows:
            self.begin_row()
        row = self.rows[-1]
        self._skip_covered()
        columns, rows = _span(attributes, "colspan"), _span(attributes, "rowspan")
        for place in range(columns):
            if rows > 1:
                self._below[len(row) + place] = rows
        self._is_merged = columns > 1 or rows > 1
        self.heads[-1] = self.heads[-1] and is_head
        row += [""] * columns
        self._place = len(row) - columns
        self._is_open = True

    def _skip_covered(self) -> None:
        row = self.rows[-1]
        while self._below.get(len(row), 0) > 1:
            self._below[len(row)] -= 1
            row.append("")

    def add_text(self, text: str) -> None:
        """Write *text* to the open cell and close it; outside cells it is a stray."""
        if self._is_open:
            if self._is_merged:
                self.merged.append(text)
            self.rows[-1][self._place] = text
            self._is_open = False
        elif text:
            self.strays.append(text)

    def add_caption(self, text: str) -> None:
        if self.caption and text:
            self.strays.append(text)
        else:
            self.caption = text

    def words(self) -> list[str]:
        """Return every text of the table."""
        cells = [text for row in self.rows for text in row if text]
        return [*filter(None, [self.caption]), *self.strays, *cells]

    def is_layout(self) -> bool:
        """Return whether there is at most one column, as in tables used for layout.

        Web pages and e-mails arrange text in such tables.
        """
        return max(map(len, self.rows), default=0) <= 1

    def value(self) -> dict[str, Any]:
        rows = [row for row in self.rows if row]
        width = max(map(len, rows))
        has_head = len(rows) > 1 and self.heads[0]
        return {
            "caption": " ".join(self.caption.split()),
            "table": {
                "data": [row + [""] * (width - len(row)) for row in rows],
                "first_row_is_table_header": has_head,
                "first_col_is_header": False,
                "table_header_choice": "row" if has_head else "neither",
                "table_caption": "",
            },
        }


def _span(attributes: dict[str, str], name: str) -> int:
    text = (attributes.get(name) or "").strip()
    return min(max(int(text), 1), MAX_SPAN) if text.isdecimal() else 1
