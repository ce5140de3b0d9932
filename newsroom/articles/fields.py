"""Fields and blocks that clean their values before they are stored."""

from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField

from newsroom.sanitising.characters import storable_text
from newsroom.sanitising.cleaning import clean_html, clean_link

# Headings, lists, pictures and embeds are blocks of their own, so a paragraph offers
# only these features.
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
    """A rich text block of paragraphs, cleaned by :class:`CleanStreamField`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", PARAGRAPH_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"


class CleanLinkBlock(blocks.URLBlock):
    """An http or https URL. Any other value is stored as the empty string."""


class CleanStreamField(StreamField):
    """A StreamField that cleans its values whenever they are stored.

    Page rows and revisions both pass through ``get_prep_value``, whether the editor, an
    importer or a translation writes them. Each block is cleaned according to its type.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Clean the value of the instance as well: search reads it after the save."""
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
                _ = child.value  # converts the raw value to the block's value
        return clean_value(self.stream_block, super().get_prep_value(value))


def clean_value(block: blocks.Block | None, value: Any) -> Any:
    """Return *value*, the JSON representation of a value of *block*, cleaned.

    HTML, links and text are cleaned. *block* is None for a value whose parts have no
    blocks: a table, or a block type that no longer exists.
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
    """Clean an item of a list or a stream block.

    The item is ``{"type": …, "value": …, "id": …}``, or the bare value in lists that
    Wagtail wrote before 2.16.
    """
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
