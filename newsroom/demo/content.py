"""Texts and pictures of the demo, read from ``content/``."""

import json
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polib

FOLDER = Path(__file__).parent / "content"
REPORT = "national-urban-forum-2025"

# The identifiers of demo objects are derived from their names, so that a second load
# finds the objects of the first one, and translations keep their segments.
NAMESPACE = uuid.UUID("5b0f4c0e-6c2b-5f0e-9a57-2f1d3c1e7a10")


def identifier(*names: str | int) -> str:
    """Return the UUID of the demo object with these *names*."""
    return str(uuid.uuid5(NAMESPACE, "/".join(map(str, names))))


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """One article in its original language; ``fields`` are those of its JSON file."""

    id: str
    fields: dict[str, Any]

    @property
    def locale(self) -> str:
        return self.fields["locale"]

    @property
    def translation_key(self) -> str:
        return identifier("article", self.id)

    def translations(self) -> dict[str, polib.POFile]:
        """Return the article's translations as PO files, by language code."""
        paths = sorted((FOLDER / "translations").glob(f"{self.id}.*.po"))
        return {path.suffixes[-2].strip("."): polib.pofile(str(path)) for path in paths}

    def body(self, people: dict[str, int]) -> list[dict[str, Any]]:
        """Return the body as a StreamField's raw data, with an id for every block.

        *people* maps the name of a person in the content to the primary key of its row.
        """
        return [
            {
                "type": block["type"],
                "value": self._value(block["type"], block["value"], number, people),
                "id": identifier(self.id, number),
            }
            for number, block in enumerate(self.fields["body"])
        ]

    def _value(self, kind: str, value: Any, number: int, people: dict[str, int]) -> Any:
        if kind == "list":
            return {**value, "items": self._items(value["items"], number)}
        if kind == "people_list":
            listed = [
                {**line, "person": people[line["person"]] if line["person"] else None}
                for line in value["people"]
            ]
            return {**value, "people": self._items(listed, number)}
        if kind == "table":
            table = {
                "data": value["rows"],
                "table_header_choice": "row",
                "first_row_is_table_header": True,
                "first_col_is_header": False,
                "table_caption": "",
            }
            return {"caption": value["caption"], "table": table}
        return value

    def _items(self, values: list[Any], number: int) -> list[dict[str, Any]]:
        return [
            {"type": "item", "value": value, "id": identifier(self.id, number, index)}
            for index, value in enumerate(values)
        ]


@cache
def sections() -> list[dict[str, Any]]:
    return json.loads((FOLDER / "sections.json").read_text(encoding="utf-8"))


@cache
def entities() -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    return json.loads((FOLDER / "entities.json").read_text(encoding="utf-8"))


@cache
def concepts() -> dict[str, dict[str, Any]]:
    """Return the termbase by concept.

    A term is a string if it is approved, or else a dict of its fields.
    """
    return json.loads((FOLDER / "terms.json").read_text(encoding="utf-8"))


@cache
def articles() -> list[DemoArticle]:
    """Return all articles, `REPORT` first."""
    paths = (FOLDER / "articles").glob("*.json")
    read = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    read.sort(key=lambda fields: (fields["id"] != REPORT, fields["id"]))
    return [DemoArticle(fields["id"], fields) for fields in read]
