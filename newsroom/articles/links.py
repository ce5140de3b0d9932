"""Links in rich text to other pages of the site."""

from typing import Any

from wagtail.rich_text.pages import PageLinkHandler


class LivePageLinkHandler(PageLinkHandler):
    """Wagtail's links to pages, without an address while the page is not published:
    readers see the text alone, and the link again once the page is there."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        pages = super().get_many(attrs_list)
        return [page if page and page.localized.live else None for page in pages]
