"""Addresses, as a reader wants to see them."""

from urllib.parse import urljoin, urlsplit

from django import template
from wagtail.models import Page

register = template.Library()


@register.filter
def on_site_of(url: str, page: Page) -> str:
    """Return *url* with the host and port of the site that *page* belongs to.

    Wagtail's own full address of a rendition names the host of the admin instead.
    """
    return urljoin(page.full_url or "", url)


@register.filter
def hostname(url: str) -> str:
    """Return the host of *url* without "www.": ``https://www.un.org/kz`` is ``un.org``.

    What is not a URL gives the empty string.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
