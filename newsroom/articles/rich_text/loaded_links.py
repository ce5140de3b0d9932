"""Targets of links in rich text that were read together with the article."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.models import Page

from newsroom.web.row_batches import Batch, Part, id_list

# The URLs of link targets, by type and id, while one article is rendered.
_urls: ContextVar[dict[tuple[str, str], str] | None] = ContextVar("urls", default=None)
# A link tag in a body, whose JSON has a backslash before quotation marks.
LINK = re.compile(r"<a\b[^<>]*>")
KIND = re.compile(r"""\blinktype=\\*["'](page|document)\\*["']""")
ID = re.compile(r"""\bid=\\*["'](\d{1,18})\\*["']""")
TARGET_FIELDS = (
    "translation_key",
    "locale",
    "live",
    "path",
    "depth",
    "slug",
    "url_path",
    "content_type",
)


def are_loaded() -> bool:
    """Return whether an article is being rendered whose link targets were read."""
    return _urls.get() is not None


def start_tags(kind: str, attrs_list: list[dict[str, Any]]) -> list[str]:
    """Return the start tags of links of *kind* to the targets that were read."""
    known = _urls.get() or {}
    urls = [known.get((kind, str(attrs.get("id")))) for attrs in attrs_list]
    return [f'<a href="{escape(url)}">' if url else "<a>" for url in urls]


def parts_of_links(source: str) -> Iterator[Part]:
    """Yield the parts of a batch that hold the targets of links in *source*.

    *source* is the JSON of a body. Pages are read in all languages.
    """
    ids: dict[str, set[int]] = {"page": set(), "document": set()}
    for tag in LINK.findall(source):
        kind, number = KIND.search(tag), ID.search(tag)
        if kind and number:
            ids[kind[1]].add(int(number[1]))
    if ids["page"]:
        pages, parameters = id_list(ids["page"])
        table = Page._meta.db_table
        yield Part(
            "linked_pages",
            Page,
            f"translation_key IN (SELECT one.translation_key FROM {table} one"
            f" WHERE one.id IN {pages})",
            parameters,
            TARGET_FIELDS,
        )
    if ids["document"]:
        documents, parameters = id_list(ids["document"])
        yield Part(
            "linked_documents", get_document_model(), f"id IN {documents}", parameters
        )


@contextmanager
def loaded_links(batch: Batch, locale_pk: int) -> Iterator[None]:
    """Render links with the targets in *batch*, without queries.

    A link leads to the version in the reader's language, whose locale is *locale_pk*,
    if that is live, and else to the linked page if that is.
    """
    pages = batch.rows("linked_pages")
    urls = {
        ("document", str(document.pk)): document.url
        for document in batch.rows("linked_documents")
    }
    for page in pages:
        if target := _target(page, pages, locale_pk):
            urls["page", str(page.pk)] = target.url
    token = _urls.set(urls)
    try:
        yield
    finally:
        _urls.reset(token)


def _target(page: Page, pages: Iterable[Page], locale_pk: int) -> Page | None:
    for one in pages:
        is_version = one.translation_key == page.translation_key
        if is_version and one.locale_id == locale_pk and one.live:
            return one
    return page if page.live else None
