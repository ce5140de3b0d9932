"""The tables of what each URL answers to each role, as text files to review."""

from pathlib import Path

from tests.access.urls.world import COLUMNS

FOLDER = Path(__file__).parent / "tables"
WIDTH = 11
# Beginning of the pattern -> table. The first that fits is taken.
PARTS = {
    "admin/pages": "pages",
    "admin/snippets": "names-and-terms",
    "admin/bulk": "bulk-actions",
    "admin/images": "files",
    "admin/documents": "files",
    "admin/translation-desk": "translation",
    "admin/localize": "translation",
    "admin/corrections": "corrections-and-bin",
    "admin/bin": "corrections-and-bin",
    "admin/users": "administration",
    "admin/groups": "administration",
    "admin/sites": "administration",
    "admin/locales": "administration",
    "admin/collections": "administration",
    "admin/workflows": "administration",
    "admin/redirects": "administration",
    "admin/reports": "reports",
    "admin/accounts": "reports",
    "admin/": "admin",
    "": "public",
}
Column = dict[str, str]


def table_of(row: str) -> str:
    route = row.split(" ", 1)[1]
    return next(table for start, table in PARTS.items() if route.startswith(start))


def read() -> dict[str, Column]:
    """Return the tables: column -> row -> cell."""
    columns: dict[str, Column] = {name: {} for name in COLUMNS}
    for path in sorted(FOLDER.glob("*.txt")):
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        names = head.split()[:-1]
        for line in lines:
            *cells, row = line.split(None, len(names))
            for name, cell in zip(names, cells, strict=True):
                columns.setdefault(name, {})[row] = cell
    return columns


def write(columns: dict[str, Column]) -> None:
    """Replace the tables. A cell that is not known is written as "?"."""
    rows = dict.fromkeys(row for column in columns.values() for row in column)
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.txt"):
        path.unlink()
    for table in sorted({table_of(row) for row in rows}):
        lines = ["".join(name.ljust(WIDTH) for name in COLUMNS) + "URL"]
        for row in sorted(rows, key=lambda one: (one.split(" ", 1)[1], one)):
            if table_of(row) == table:
                cells = [columns[name].get(row, "?") for name in COLUMNS]
                lines.append("".join(cell.ljust(WIDTH) for cell in cells) + row)
        text = "\n".join(lines) + "\n"
        (FOLDER / f"{table}.txt").write_text(text, encoding="utf-8")
