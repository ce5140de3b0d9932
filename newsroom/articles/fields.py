"""Fields and blocks that clean what is put into them before it is stored."""

from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField

from newsroom.intake.characters import storable_text
from newsroom.intake.cleaning import clean_html, clean_link

# Headings, lists, pictures and embeds are blocks, so a paragraph has only these.
PARAGRAPH_FEATURES = [
    "bold",
    "italic",
    "superscript",
    "subscript",
    "letters",
    "link",
    "document-link",
]


class CleanRichTextBlock(blocks.RichTextBlock):
    """Rich text of paragraphs; :class:`CleanStreamField` cleans it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", PARAGRAPH_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"


class CleanLinkBlock(blocks.URLBlock):
    """An http or https address; what is neither is stored as nothing."""


class CleanStreamField(StreamField):
    """A StreamField whose values are cleaned each time they are stored.

    Page rows and revisions both pass ``get_prep_value``, whoever writes them: the
    editor, an importer, a translation. Every kind of block is cleaned by its type.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Clean the value of the instance too: the search reads it after the save."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, blocks.StreamValue):
            clean = self.get_prep_value(value)
            if clean != super().get_prep_value(value):
                value = self.to_python(clean)
                setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, blocks.StreamValue):
            for child in value:
                _ = child.value  # turns the raw value into a block's value
        return clean_value(self.stream_block, super().get_prep_value(value))


def clean_value(block: blocks.Block | None, value: Any) -> Any:
    """Return *value*, as JSON stores that of *block*, with clean HTML, links and text.

    *block* is None for a value whose parts have no blocks: a table, a block that is
    no longer known.
    """
    if isinstance(value, str):
        return _clean_text(block, value)
    if isinstance(value, list):
        return [_clean_item(block, item) for item in value]
    if isinstance(value, dict):
        children = block.child_blocks if isinstance(block, blocks.StructBlock) else {}
        return {name: clean_value(children.get(name), v) for name, v in value.items()}
    return value


def _clean_item(block: blocks.Block | None, item: Any) -> Any:
    """Clean an item of a list or a stream: ``{"type": …, "value": …, "id": …}``, or
    the value itself, as Wagtail wrote lists before 2.16."""
    if isinstance(block, blocks.BaseStreamBlock) and isinstance(item, dict):
        child = block.child_blocks.get(item.get("type"))
    else:
        child = getattr(block, "child_block", None)
    if isinstance(item, dict) and "value" in item and "type" in item:
        return {**item, "value": clean_value(child, item["value"])}
    return clean_value(child, item)


def _clean_text(block: blocks.Block | None, text: str) -> str:
    if isinstance(block, blocks.RichTextBlock):
        clean = clean_html(text)
        return f"<p>{clean}</p>" if clean and not clean.startswith("<p>") else clean
    if isinstance(block, blocks.URLBlock):
        return clean_link(text)
    is_single_line = isinstance(block, blocks.FieldBlock) and not isinstance(
        block, blocks.TextBlock
    )
    return storable_text(text, single_line=is_single_line)
