"""Fields and blocks that clean what is put into them before it is stored."""

from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.rich_text import RichText

from newsroom.intake.cleaning import clean_html, clean_link

# Headings, lists, pictures and embeds are blocks, so a paragraph has only these.
PARAGRAPH_FEATURES = [
    "bold",
    "italic",
    "superscript",
    "subscript",
    "link",
    "document-link",
]


class CleanRichTextBlock(blocks.RichTextBlock):
    """Rich text that is cleaned each time it is made ready for the database.

    Page rows and revisions both pass ``get_prep_value``, whoever writes them: the
    editor, an importer, a translation.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", PARAGRAPH_FEATURES)
        super().__init__(**kwargs)

    def get_prep_value(self, value: RichText | None) -> str:
        return clean_html(super().get_prep_value(value) or "")

    class Meta:
        icon = "pilcrow"


class CleanLinkBlock(blocks.URLBlock):
    """An http or https address; what is neither is stored as nothing."""

    def get_prep_value(self, value: str | None) -> str:
        return clean_link(super().get_prep_value(value) or "")


class CleanStreamField(StreamField):
    """A StreamField whose blocks are all prepared anew before they are stored.

    Wagtail writes a block that nobody has looked at back as it was given, raw; an
    importer's HTML would slip past :class:`CleanRichTextBlock` that way.
    """

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, blocks.StreamValue):
            for child in value:
                _ = child.value  # turns the raw value into a block's value
        return super().get_prep_value(value)
