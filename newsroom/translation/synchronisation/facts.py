"""Extraction of the facts of an article: all values that are not translatable text."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignKey, ManyToOneRel
from wagtail.blocks import (
    BaseStreamBlock,
    Block,
    CharBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    TextBlock,
)
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.strings import extract_strings

from newsroom.articles.models import ArticlePage

BODY = "body"
# JSON values by wagtail-localize path.
Facts = dict[str, Any]
# Wagtail derives this value from the two other header settings of a table.
DERIVED = "table_header_choice"
# Number of rich texts whose structure is cached: the paragraphs of about 50 articles.
RICH_TEXTS_KEPT = 2000


def synchronised_names(model: type[Page]) -> list[str]:
    """Return the fields that are equal in all language versions.

    Translators cannot override them.
    """
    return [
        field.field_name
        for field in get_translatable_fields(model)
        if isinstance(field, SynchronizedField) and not field.overridable
    ]


def serialised(page: Page) -> dict[str, Any]:
    """Return *page* as it is stored in a revision: plain JSON."""
    data = page.serializable_data()
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder))


def field_value(model: type[Page], data: Mapping[str, Any], name: str) -> Any:
    """Return the value of a field in a serialised page.

    The value of a list of entities is the list of their primary keys, in order.
    """
    field = model._meta.get_field(name)
    value = data.get(name)
    if not isinstance(field, ManyToOneRel):
        return value
    related: Any = field.related_model
    keys = [
        key.name
        for key in related._meta.fields
        if isinstance(key, ForeignKey) and key != field.remote_field
    ]
    rows = sorted(value or [], key=lambda row: row.get("sort_order") or 0)
    return [row.get(key) for row in rows for key in keys]


def facts_of(data: Mapping[str, Any]) -> Facts:
    """Return the facts of a serialised article."""
    facts = {
        field.field_name: field_value(ArticlePage, data, field.field_name)
        for field in get_translatable_fields(ArticlePage)
        if isinstance(field, SynchronizedField)
    }
    body: Any = ArticlePage._meta.get_field(BODY)
    return facts | dict(_values(body.stream_block, _raw(data.get(BODY)), BODY))


def _raw(body: Any) -> list[dict[str, Any]]:
    return json.loads(body or "[]") if isinstance(body, str) else body or []


def _values(block: Block, value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield the facts of a block's stored value with their paths."""
    if isinstance(block, BaseStreamBlock):
        known = [item for item in value or [] if item["type"] in block.child_blocks]
        children = [(block.child_blocks[item["type"]], item) for item in known]
        yield from _sequence(children, path)
    elif isinstance(block, ListBlock):
        known = [item for item in value or [] if _is_item(item)]
        yield from _sequence([(block.child_block, item) for item in known], path)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from _values(child, (value or {}).get(name), f"{path}.{name}")
    elif isinstance(block, RichTextBlock):
        yield path, _structure(value or "")
    elif isinstance(block, TableBlock):
        yield path, _table(value or {})
    elif not isinstance(block, CharBlock | TextBlock):
        yield path, value


def _sequence(
    children: list[tuple[Block, dict[str, Any]]], path: str
) -> Iterator[tuple[str, Any]]:
    """Yield a sequence as a list of [id, type, has text], then its children's facts."""
    yield (
        path,
        [
            [item["id"], item.get("type", "item"), _has_words(block, item["value"])]
            for block, item in children
        ],
    )
    for block, item in children:
        yield from _values(block, item["value"], f"{path}.{item['id']}")


def _has_words(block: Block, value: Any) -> bool:
    """Return whether a block has a segment, so that adding it changes segments."""
    if isinstance(block, RichTextBlock):
        return bool(_structure(value or "")["strings"])
    if isinstance(block, TableBlock):
        return bool(_table(value or {})["cells"])
    if isinstance(block, StructBlock):
        return any(
            _has_words(child, (value or {}).get(name))
            for name, child in block.child_blocks.items()
        )
    if isinstance(block, ListBlock):
        return any(
            _has_words(block.child_block, item["value"])
            for item in value or []
            if _is_item(item)
        )
    return isinstance(block, CharBlock | TextBlock) and bool(value)


def _is_item(item: Any) -> bool:
    """Return whether a list item is stored with its id, as Wagtail does since 2.16."""
    return isinstance(item, dict) and {"id", "value"} <= item.keys()


@lru_cache(maxsize=RICH_TEXTS_KEPT)
def _rich_text(html: str) -> tuple[str, int, str]:
    template, strings = extract_strings(html)
    links = [
        dict(sorted(attributes.items()))
        for _string, found in strings
        for attributes in found.values()
    ]
    return template, len(strings), json.dumps(links)


def _structure(html: str) -> dict[str, Any]:
    """Return the links of a rich text in order, its template, and its string count."""
    template, strings, links = _rich_text(html)
    return {"links": json.loads(links), "template": template, "strings": strings}


def _table(value: Mapping[str, Any]) -> dict[str, Any]:
    rows = value.get("data") or []
    options = {
        name: option
        for name, option in value.items()
        if name not in ("data", DERIVED) and option
    }
    return {
        "options": options,
        "size": [len(rows), max(map(len, rows), default=0)],
        "cells": sum(bool(cell) for row in rows for cell in row),
    }
