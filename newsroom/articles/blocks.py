"""Blocks of an article's body."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail.snippets.widgets import AdminSnippetChooser
from wagtail_localize.segments import StringSegmentValue

from newsroom.articles.block_content import ContentBlock
from newsroom.articles.fields import CleanLinkBlock, CleanRichTextBlock
from newsroom.localisation.unmarked import marked_table_menu


class EntityChooserBlock(SnippetChooserBlock):
    """A link to a person or other entity, shared by all language versions.

    The entity has its own name in each language, so the block has no segments to
    translate.
    """

    def get_translatable_segments(self, value: Any) -> list:
        return []

    def restore_translated_segments(self, value: Any, segments: list) -> Any:
        return value

    @cached_property
    def widget(self) -> AdminSnippetChooser:
        """Return the chooser widget that the model is registered with."""
        chooser = self.target_model.snippet_viewset.chooser_viewset
        return chooser.widget_class(self.target_model, icon=super().widget.icon)


class QuoteBlock(ContentBlock, blocks.StructBlock):
    """A quotation with its attribution: «text», — said speaker, role."""

    text = blocks.TextBlock(
        label=_("Quotation"),
        help_text=_("Without quotation marks: the page sets them."),
    )
    said = blocks.CharBlock(
        label=_("Attribution"),
        required=False,
        help_text=_("As in “the organisers noted”: noted."),
    )
    speaker = blocks.CharBlock(label=_("Who said it"), required=False)
    role = blocks.CharBlock(label=_("Role"), required=False)

    def text_lines(self, value: blocks.StructValue) -> Iterator[str]:
        """Yield the quotation and its attribution as one line."""
        speaker = ", ".join(filter(None, (value["speaker"], value["role"])))
        signature = " ".join(filter(None, (value["said"], speaker)))
        yield " — ".join(filter(None, (value["text"], signature)))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "articles/blocks/quote_block.html"


class IntroducedListBlock(ContentBlock, blocks.StructBlock):
    """A list under a heading or an introduction such as “The forum's mission:”."""

    heading = blocks.CharBlock(label=_("Heading"), required=False)
    introduction = blocks.TextBlock(label=_("Introduction"), required=False)
    items = blocks.ListBlock(blocks.TextBlock(label=_("Item")), label=_("Items"))

    class Meta:
        icon = "list-ul"
        label = _("List")
        template = "articles/blocks/introduced_list_block.html"


class ListedPersonBlock(ContentBlock, blocks.StructBlock):
    """One row of a people list."""

    name = blocks.CharBlock(label=_("Name"))
    post = blocks.CharBlock(label=_("Post"), required=False)
    organisation = blocks.CharBlock(label=_("Organisation"), required=False)
    person = EntityChooserBlock(
        "articles.Person",
        label=_("In the archive"),
        required=False,
        help_text=_("The person's entry in the archive, if there is one."),
    )

    def text_lines(self, value: blocks.StructValue) -> Iterator[str]:
        """Yield post, name and organisation as one line."""
        organisation = f"({value['organisation']})" if value["organisation"] else ""
        yield " ".join(filter(None, (value["post"], value["name"], organisation)))

    def facts(self, value: blocks.StructValue) -> Iterator[str]:
        """Yield nothing: the entity behind the name is a link, not shown text."""
        yield from ()

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleListBlock(ContentBlock, blocks.StructBlock):
    """A list of people, such as guests of honour, with post, name and organisation."""

    introduction = blocks.CharBlock(label=_("Introduction"), required=False)
    people = blocks.ListBlock(ListedPersonBlock(), label=_("People"))
    separator = blocks.ChoiceBlock(
        label=_("Line separator"),
        choices=[
            ("none", _("Nothing")),
            ("comma", _("Comma")),
            ("semicolon", _("Semicolon")),
        ],
        default="none",
        help_text=_("The mark that stands after each line in the original."),
    )
    closing = blocks.CharBlock(
        label=_("Closing words"),
        required=False,
        help_text=_("What follows the last name, such as “and others.”"),
    )

    def facts(self, value: blocks.StructValue) -> Iterator[str]:
        """Yield nothing: the separator is punctuation, and people have no facts."""
        yield from ()

    class Meta:
        icon = "group"
        label = _("People list")
        template = "articles/blocks/people_list_block.html"


class PictureBlock(ContentBlock, blocks.StructBlock):
    """A picture in the body."""

    picture = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)
    credit = blocks.CharBlock(label=_("Credit"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "articles/blocks/picture_block.html"


class DocumentBlock(ContentBlock, blocks.StructBlock):
    """A file to download: a programme, a resolution, a report."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "articles/blocks/document_block.html"


class EmbedBlock(ContentBlock, blocks.StructBlock):
    """A video or post on another site, shown as a link.

    Nothing is loaded from the other site until the reader follows the link, and no HTML
    from it is included in the page.
    """

    url = CleanLinkBlock(label=_("Address"))
    title = blocks.CharBlock(label=_("Title"))
    description = blocks.TextBlock(label=_("Description"), required=False)

    class Meta:
        icon = "media"
        label = _("Video or post elsewhere")
        template = "articles/blocks/embed_block.html"


class TranslatableTableBlock(TableBlock):
    """Wagtail's table block, with one translatable segment for each cell.

    Segments are named by row and column (``r1c0``). wagtail-localize ignores tables and
    would publish them untranslated.
    """

    def get_table_options(self, table_options: dict | None = None) -> dict[str, Any]:
        options = super().get_table_options(table_options)
        menu = options.get("contextMenu")
        if isinstance(menu, list):
            options["contextMenu"] = marked_table_menu(menu)
        return options

    def get_translatable_segments(self, value: dict | None) -> list[StringSegmentValue]:
        return [
            StringSegmentValue(f"r{row}c{column}", cell)
            for row, cells in enumerate((value or {}).get("data") or [])
            for column, cell in enumerate(cells)
            if cell
        ]

    def restore_translated_segments(self, value: dict, segments: list) -> dict:
        data = [list(cells) for cells in value["data"]]
        for segment in segments:
            row, column = segment.path.removeprefix("r").split("c")
            data[int(row)][int(column)] = segment.render_text()
        return {**value, "data": data}


class CaptionedTableBlock(ContentBlock, blocks.StructBlock):
    """A table with a caption."""

    caption = blocks.CharBlock(
        label=pgettext_lazy("of a table", "Caption"), required=False
    )
    table = TranslatableTableBlock(label=_("Table"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "articles/blocks/captioned_table_block.html"


class FactBoxBlock(ContentBlock, blocks.StructBlock):
    """A box with background information."""

    title = blocks.CharBlock(label=_("Title"))
    text = CleanRichTextBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        template = "articles/blocks/fact_box_block.html"


BODY_BLOCKS = [
    (
        "paragraph",
        CleanRichTextBlock(
            label=_("Paragraph"), template="articles/blocks/paragraph_block.html"
        ),
    ),
    (
        "heading",
        blocks.CharBlock(
            label=_("Heading"),
            icon="title",
            template="articles/blocks/heading_block.html",
        ),
    ),
    ("quote", QuoteBlock()),
    ("list", IntroducedListBlock()),
    ("people_list", PeopleListBlock()),
    ("picture", PictureBlock()),
    ("document", DocumentBlock()),
    ("embed", EmbedBlock()),
    ("table", CaptionedTableBlock()),
    ("fact_box", FactBoxBlock()),
]
