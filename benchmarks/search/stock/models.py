"""An article with the fields of an entry, indexed as in Wagtail's manual."""

from django.db import models
from modelsearch import index


class StockArticle(index.Indexed, models.Model):
    """An article whose title has the boost of page titles in stock Wagtail."""

    locale = models.CharField(max_length=20)
    title = models.TextField()
    lead = models.TextField()
    names = models.TextField()
    body = models.TextField()

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("lead"),
        index.SearchField("names"),
        index.SearchField("body"),
        index.FilterField("locale"),
    ]

    class Meta:
        app_label = "stock"

    def __str__(self) -> str:
        return self.title
