"""Plain text of an article's body, for search and excerpts."""

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

# Values that control the display of a block and are not part of the text.
NOT_TEXT = {"separator", "person", "picture", "document", "url"}


def body_text(body: StreamValue) -> str:
    """Return the text of *body*, one line for each part of a block."""
    return "\n".join(
        line for block in body for line in lines(block.value) if line.strip()
    )


def lines(value: Any) -> Iterator[str]:
    """Yield the text of a block's value, one line for each part."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, RichText):
        yield from _paragraphs(value.source)
    elif isinstance(value, ListValue):
        for item in value:
            yield from lines(item)
    elif isinstance(value, StructValue):
        as_line = getattr(value.block, "as_line", None)
        yield from [as_line(value)] if as_line else _parts(value)
    elif isinstance(value, dict):  # a table
        for row in value.get("data") or []:
            yield " · ".join(str(cell) for cell in row if cell)


def _paragraphs(html: str) -> Iterator[str]:
    """Yield the text of each paragraph.

    Inline markup does not separate words: CO<sub>2</sub>.
    """
    soup = BeautifulSoup(html, "html.parser")
    for line_break in soup.find_all("br"):
        line_break.replace_with(" ")
    for paragraph in soup.find_all("p") or [soup]:
        yield " ".join(paragraph.get_text().split())


def _parts(value: StructValue) -> Iterator[str]:
    for name, part in value.items():
        if name not in NOT_TEXT:
            yield from lines(part)
