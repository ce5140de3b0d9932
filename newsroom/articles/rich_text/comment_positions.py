"""Positions of comments on passages of a paragraph, stored without HTML attributes.

Wagtail's editor gives each paragraph of rich text a random key and stores it both in
the HTML and in the comment. Clean HTML has no such attributes. Here, the key of a
stored paragraph is derived from its index: ``text_area`` sets it when a text is opened,
and the positions of comments are converted from the editor's keys when a form is
posted.
"""

import json
from collections.abc import Mapping

from django.http import QueryDict

MAX_POSITION = 10_000  # characters of a position: about 200 commented paragraphs


def key_of(number: int) -> str:
    """Return the key of the paragraph with this zero-based index: 3 gives ``n0003``."""
    return f"n{number:04}"


def with_lasting_positions(data: QueryDict | None) -> QueryDict | None:
    """Return *data* of a page's form with comment positions that can be stored.

    A position is a JSON list of ``{"key": …, "start": …, "end": …}``. Entries whose key
    belongs to no posted paragraph are removed.
    """
    if not data:
        return data
    changed = {}
    for name in data:
        if name.startswith("comments-") and name.endswith("-position"):
            path = data.get(f"{name.removesuffix('position')}contentpath", "")
            position = data.get(name, "")
            keys = _keys(data, path)
            if keys and position and len(position) <= MAX_POSITION:
                changed[name] = _renamed(position, keys)
    if not changed:
        return data
    data = data.copy()
    for name, position in changed.items():
        data[name] = position
    return data


def _keys(data: Mapping[str, str], path: str) -> dict[str, str]:
    """Return the stored key for each editor key of the rich text at a content path.

    The path is ``body.<id of the block>``, followed by the names of nested fields.
    """
    field, _dot, rest = path.partition(".")
    block, *below = rest.split(".")
    for number in range(_count(data, field)):
        if block and data.get(f"{field}-{number}-id") == block:
            name = "-".join([f"{field}-{number}-value", *below])
            return _numbered(data.get(name, ""))
    return {}


def _count(data: Mapping[str, str], field: str) -> int:
    count = data.get(f"{field}-count", "")
    return min(int(count), len(data)) if count.isdecimal() else 0


def _numbered(value: str) -> dict[str, str]:
    try:
        blocks = json.loads(value)["blocks"]
        return {block["key"]: key_of(number) for number, block in enumerate(blocks)}
    except (ValueError, KeyError, TypeError):
        return {}  # not a rich text


def _renamed(position: str, keys: dict[str, str]) -> str:
    try:
        parts = json.loads(position)
        return json.dumps(
            [
                {**part, "key": keys[part["key"]]}
                for part in parts
                if part["key"] in keys
            ]
        )
    except (ValueError, KeyError, TypeError):
        return position
