"""Links in rich text to other pages of the site."""

from typing import Any

from wagtail.rich_text.pages import PageLinkHandler


class LivePageLinkHandler(PageLinkHandler):
    """Page link handler that renders no URL while the target page is not published.

    Readers see the plain text until the page is published again.
    """

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        pages = super().get_many(attrs_list)
        return [page if page and page.localized.live else None for page in pages]
