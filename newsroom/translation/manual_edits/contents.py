"""The contents of a page in a form that can be compared."""

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
# Fields that wagtail-localize copies from the page itself, not from its draft. (A page
# that was never published gets a new slug each time.)
OF_THE_PAGE = ("go_live_at", "expire_at")
OF_A_PUBLISHED_PAGE = ("slug", *OF_THE_PAGE)
# The cells of a table, which are texts.
CELLS = "data"


@dataclass(frozen=True, slots=True)
class Text:
    """A string of a segment: its HTML, and the attributes of its links."""

    html: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the body; ``facts`` are its possibly non-text values, by path."""

    kind: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of a page.

    ``texts`` are by path, in page order; ``blocks`` are by id. ``fields`` are
    comparable values of synchronised fields, by name.
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
    """Return the contents of *page*: texts, blocks and synchronised fields."""
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
    """Return *html* in a normal form, so that texts equal to readers compare equal."""
    return " ".join(str(BeautifulSoup(html, "html.parser")).split())


def block_of(path: str) -> str:
    """Return the id of the body block that *path* belongs to, or ""."""
    name, _dot, rest = path.partition(".")
    return rest.partition(".")[0] if name == BODY else ""


def _facts(value: Any, path: str) -> list[tuple[str, Any]]:
    """Yield the leaves of a block's stored value with their wagtail-localize paths.

    List items are identified by their ids.
    """
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
        # The page editor has no seconds: saving a page in it truncates them.
        return value.replace(second=0, microsecond=0)
    return value
