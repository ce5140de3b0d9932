"""What stands on a page, text and all else apart, so that two can be compared."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup
from django.db.models import ForeignKey, ManyToOneRel
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from newsroom.articles.models import ArticlePage

BODY = "body"
# A page's own, which wagtail-localize takes from the page and not from its draft. (A
# page that was never published gets its slug anew each time.)
OF_THE_PAGE = ("go_live_at", "expire_at")
OF_A_PUBLISHED_PAGE = ("slug", *OF_THE_PAGE)
# The cells of a table: each is a text.
CELLS = "data"


@dataclass(frozen=True, slots=True)
class Text:
    """A string as a segment has it: its HTML, and where the links in it lead."""

    html: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the body. ``facts`` are those of its values that may be no text, by
    their paths."""

    kind: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """``texts`` are by path, in the order of the page, ``blocks`` by their identity.

    ``fields`` are comparable values of synchronised fields, by name.
    """

    texts: dict[str, list[Text]]
    blocks: dict[str, Block]
    fields: dict[str, Any]

    def texts_of_block(self, identity: str) -> list[Text]:
        return [
            text
            for path, texts in self.texts.items()
            if block_of(path) == identity
            for text in texts
        ]


def contents_of(page: ArticlePage) -> Contents:
    texts: dict[str, list[Text]] = defaultdict(list)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue) and not segment.is_empty():
            links = tuple(
                str(sorted(attributes.items()))
                for attributes in (segment.attrs or {}).values()
            )
            texts[segment.path].append(Text(normal(segment.string.data), links))
    body: Any = page.body
    blocks = {
        raw["id"]: Block(raw["type"], dict(_facts(raw["value"], f"{BODY}.{raw['id']}")))
        for raw in body.get_prep_value()
    }
    names = [
        field.field_name
        for field in get_translatable_fields(type(page))
        if isinstance(field, SynchronizedField)
    ]
    names += OF_A_PUBLISHED_PAGE if page.first_published_at else OF_THE_PAGE
    fields = {name: _comparable(page, name) for name in names}
    return Contents(dict(texts), blocks, fields)


def normal(html: str) -> str:
    """One way to write what is the same to readers."""
    return " ".join(str(BeautifulSoup(html, "html.parser")).split())


def block_of(path: str) -> str:
    """The identity of the block of the body that *path* leads into, or nothing."""
    name, _dot, rest = path.partition(".")
    return rest.partition(".")[0] if name == BODY else ""


def _facts(value: Any, path: str) -> list[tuple[str, Any]]:
    """The leaves of a block's stored value with their paths, as wagtail-localize
    writes them: the items of a list by their identities."""
    if isinstance(value, dict):
        children = [(name, child) for name, child in value.items() if name != CELLS]
    elif isinstance(value, list) and all(
        isinstance(item, dict) and "value" in item for item in value
    ):
        children = [(str(item.get("id")), item["value"]) for item in value]
    else:
        return [(path, value)]
    return [
        leaf for name, child in children for leaf in _facts(child, f"{path}.{name}")
    ]


def _comparable(page: ArticlePage, name: str) -> Any:
    field = page._meta.get_field(name)
    if isinstance(field, ManyToOneRel):
        model: Any = field.related_model
        kept = [
            f.attname
            for f in model._meta.fields
            if isinstance(f, ForeignKey) and f != field.remote_field
        ]
        rows = getattr(page, name).all()
        return [[getattr(row, attribute) for attribute in kept] for row in rows]
    value = getattr(page, field.attname)
    if isinstance(value, datetime):
        # The page editor knows no seconds: whoever saves a page cuts them off.
        return value.replace(second=0, microsecond=0)
    return value
