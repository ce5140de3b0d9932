"""Assignment of a number to each article in the transaction that first saves it."""

from newsroom.archive.models import Permalink
from newsroom.articles.models import ArticlePage
from newsroom.articles.publishing import SavedPage


def number_article(saved: SavedPage) -> None:
    if isinstance(saved.page, ArticlePage):
        Permalink.objects.get_or_create(translation_key=saved.page.translation_key)
