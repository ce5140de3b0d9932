"""Models of the stock site: sections with articles, as in Wagtail's tutorial."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import BlockQuoteBlock, CharBlock, RichTextBlock
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page


class NewsIndexPage(Page):
    intro = RichTextField(blank=True)
    content_panels = [*Page.content_panels, FieldPanel("intro")]


class NewsPage(Page):
    date = models.DateField()
    intro = models.TextField()
    picture = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    caption = models.CharField(max_length=500, blank=True)
    body = StreamField(
        [
            ("heading", CharBlock(form_classname="title")),
            ("paragraph", RichTextBlock()),
            ("quote", BlockQuoteBlock()),
            ("image", ImageChooserBlock(template="news/image_block.html")),
            ("table", TableBlock()),
        ]
    )
    content_panels = [
        *Page.content_panels,
        *map(FieldPanel, ("date", "intro", "picture", "caption", "body")),
    ]
