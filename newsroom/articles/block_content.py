"""Text, pictures and facts of blocks, for search, renditions and corrections.

Each block answers three questions about its value:

- ``text_lines``: the lines of plain text that readers see;
- ``pictures``: the images that it shows;
- ``facts``: what it shows beside text, in words: names of linked objects, URLs, numbers
  and choices.

A struct block derives its answers from its child blocks and overrides a method where
its meaning differs. Wagtail's own blocks have no such methods: ``CONTENT`` answers for
them by class. A block without answers raises :class:`UnknownBlockError`; a system check
reports it before a value is stored.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup
from django.utils.formats import date_format, localize
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from newsroom.sanitising.paragraphs import BLOCK_TAGS

_PARTING = "\u2029"  # between paragraphs


class UnknownBlockError(TypeError):
    """No answers exist for the class of a block."""


class Content:
    """The answers for one class of block; by default, its values contain nothing."""

    def text_lines(self, block: Any, value: Any) -> Iterator[str]:
        """Yield the lines of plain text in *value*."""
        yield from ()

    def pictures(self, block: Any, value: Any) -> Iterator[Any]:
        """Yield the images that *value* shows."""
        yield from ()

    def facts(self, block: Any, value: Any) -> Iterator[str]:
        """Yield in words what *value* shows beside text and is not empty."""
        yield from ()


class TextContent(Content):
    """A block whose value is a string that readers see."""

    def text_lines(self, block: Any, value: Any) -> Iterator[str]:
        if value:
            yield value


class RichTextContent(Content):
    """A rich text: one line for each paragraph."""

    def text_lines(self, block: Any, value: Any) -> Iterator[str]:
        """Yield the text of each paragraph, and of what stands outside paragraphs.

        Inline markup does not separate words: CO<sub>2</sub>.
        """
        soup = BeautifulSoup(value.source if value else "", "html.parser")
        for line_break in soup.find_all("br"):
            line_break.replace_with(" ")
        for element in soup.find_all(BLOCK_TAGS):
            element.insert_before(_PARTING)
            element.insert_after(_PARTING)
        for line in soup.get_text().split(_PARTING):
            if text := " ".join(line.split()):
                yield text


class TableContent(Content):
    """A table: one line for each row."""

    def text_lines(self, block: Any, value: Any) -> Iterator[str]:
        for row in (value or {}).get("data") or []:
            yield " · ".join(str(cell) for cell in row if cell)


class ValueContent(Content):
    """A number, date, URL or linked object: one fact."""

    def facts(self, block: Any, value: Any) -> Iterator[str]:
        if value not in (None, ""):
            yield _in_words(value)


class AnswerContent(Content):
    """A check box, which is always an answer: yes or no."""

    def facts(self, block: Any, value: Any) -> Iterator[str]:
        yield _("yes") if value else _("no")


class ChoiceContent(Content):
    """A choice or several: a fact for each, by the label that editors see."""

    def facts(self, block: Any, value: Any) -> Iterator[str]:
        chosen = value if isinstance(value, list | tuple) else [value]
        labels = dict(_flat(block.field.choices))
        yield from (
            str(labels.get(one, one)) for one in chosen if one not in (None, "")
        )


class EmbedContent(Content):
    """An embed: its URL is a fact."""

    def facts(self, block: Any, value: Any) -> Iterator[str]:
        if value:
            yield value.url


class ImageContent(Content):
    """An image: a picture whose title is a fact."""

    def pictures(self, block: Any, value: Any) -> Iterator[Any]:
        if value:
            yield value

    def facts(self, block: Any, value: Any) -> Iterator[str]:
        if value:
            yield value.title


class DescribedImageContent(ImageContent):
    """An image with an alternative text of its own, which readers may hear."""

    def text_lines(self, block: Any, value: Any) -> Iterator[str]:
        if value and value.contextual_alt_text:
            yield value.contextual_alt_text


class ParentContent(Content):
    """A struct, list or stream: the answers of its children, in order."""

    def text_lines(self, block: Any, value: Any) -> Iterator[str]:
        for child, part in _children(value):
            yield from text_lines(child, part)

    def pictures(self, block: Any, value: Any) -> Iterator[Any]:
        for child, part in _children(value):
            yield from pictures(child, part)

    def facts(self, block: Any, value: Any) -> Iterator[str]:
        for child, part in _children(value):
            yield from facts(child, part)


# Subclasses inherit an entry. FieldBlock has none, so that an unknown kind of field is
# reported; RawHTMLBlock has none because articles contain clean HTML only.
CONTENT: dict[type, Content] = {
    blocks.CharBlock: TextContent(),
    blocks.TextBlock: TextContent(),
    blocks.RichTextBlock: RichTextContent(),
    TableBlock: TableContent(),
    blocks.URLBlock: ValueContent(),
    blocks.EmailBlock: ValueContent(),
    blocks.RegexBlock: ValueContent(),
    blocks.IntegerBlock: ValueContent(),
    blocks.FloatBlock: ValueContent(),
    blocks.DecimalBlock: ValueContent(),
    blocks.DateBlock: ValueContent(),
    blocks.TimeBlock: ValueContent(),
    blocks.DateTimeBlock: ValueContent(),
    blocks.ChooserBlock: ValueContent(),
    blocks.BooleanBlock: AnswerContent(),
    blocks.ChoiceBlock: ChoiceContent(),
    blocks.MultipleChoiceBlock: ChoiceContent(),
    EmbedBlock: EmbedContent(),
    ImageChooserBlock: ImageContent(),
    ImageBlock: DescribedImageContent(),
    blocks.StaticBlock: Content(),
    blocks.BaseStructBlock: ParentContent(),
    blocks.ListBlock: ParentContent(),
    blocks.BaseStreamBlock: ParentContent(),
}


class ContentBlock:
    """Mixin of the struct blocks of articles: answers derived from the child blocks.

    Override a method where the block means something else than its parts in a row.
    """

    def text_lines(self, value: Any) -> Iterator[str]:
        """Yield the lines of plain text that readers see."""
        return content_of(self).text_lines(self, value)

    def pictures(self, value: Any) -> Iterator[Any]:
        """Yield the images that the block shows."""
        return content_of(self).pictures(self, value)

    def facts(self, value: Any) -> Iterator[str]:
        """Yield in words what the block shows beside text."""
        return content_of(self).facts(self, value)


def text_lines(block: Any, value: Any) -> Iterator[str]:
    """Return the lines of plain text of *block* with *value*; some may be blank."""
    if isinstance(block, ContentBlock):
        return block.text_lines(value)
    return content_of(block).text_lines(block, value)


def pictures(block: Any, value: Any) -> Iterator[Any]:
    """Return the images that *block* shows with *value*."""
    if isinstance(block, ContentBlock):
        return block.pictures(value)
    return content_of(block).pictures(block, value)


def facts(block: Any, value: Any) -> Iterator[str]:
    """Return in words what *block* shows with *value* beside its text."""
    if isinstance(block, ContentBlock):
        return block.facts(value)
    return content_of(block).facts(block, value)


def body_text(body: blocks.StreamValue) -> str:
    """Return the plain text of *body*, one line for each part of a block."""
    lines = (line for block in body for line in text_lines(block.block, block.value))
    return "\n".join(line for line in lines if line.strip())


def content_of(block: Any) -> Content:
    """Return the answers for the class of *block*, by its nearest known base class.

    Raises:
        UnknownBlockError: neither the class nor a base class is in ``CONTENT``.
    """
    if known := _known_content(block):
        return known
    raise UnknownBlockError(
        f"{type(block).__qualname__} has no answers for text, pictures and facts: "
        "add its class to CONTENT in newsroom/articles/block_content.py."
    )


def _known_content(block: Any) -> Content | None:
    return next((CONTENT[one] for one in type(block).__mro__ if one in CONTENT), None)


def unanswered(block: Any, path: str = "") -> Iterator[str]:
    """Yield the paths of *block* and the blocks inside it that have no answers."""
    if not _is_answered(block):
        yield f"{path} ({type(block).__qualname__})"
    children = dict(getattr(block, "child_blocks", {}))
    if child := getattr(block, "child_block", None):
        children["item"] = child
    for name, child in children.items():
        yield from unanswered(child, f"{path}.{name}" if path else name)


def _is_answered(block: Any) -> bool:
    questions = ("text_lines", "pictures", "facts")
    if isinstance(block, ContentBlock) and all(
        getattr(type(block), name) is not getattr(ContentBlock, name)
        for name in questions
    ):
        return True
    return _known_content(block) is not None


def _children(value: Any) -> Iterable[tuple[Any, Any]]:
    """Return (block, value) of each child of a struct, list or stream value."""
    if isinstance(value, blocks.StructValue):
        bound = value.bound_blocks.values()
    elif isinstance(value, blocks.StreamValue):
        bound = value
    else:
        bound = value.bound_blocks
    return ((child.block, child.value) for child in bound)


def _flat(choices: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """Yield the choices of all groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield key, label


def _in_words(value: Any) -> str:
    if isinstance(value, datetime):
        local = localtime(value) if is_aware(value) else value
        return date_format(local, "DATETIME_FORMAT")
    return str(localize(value))
