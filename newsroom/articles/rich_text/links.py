"""Links in rich text to other pages and to documents of the site."""

from typing import Any

from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from newsroom.articles.rich_text.loaded_links import are_loaded, start_tags


class LivePageLinkHandler(PageLinkHandler):
    """Page link handler that renders no URL while the target page is not published.

    Readers see the plain text until the page is published again.
    """

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        pages = super().get_many(attrs_list)
        return [page if page and page.localized.live else None for page in pages]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        if are_loaded():
            return start_tags(cls.identifier, attrs_list)
        return super().expand_db_attributes_many(attrs_list)


class LoadedDocumentLinkHandler(DocumentLinkHandler):
    """Document link handler that uses documents which were read with the article."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        if are_loaded():
            return start_tags(cls.identifier, attrs_list)
        return super().expand_db_attributes_many(attrs_list)
